import { describe, expect, it } from 'vitest';
import { verdictFor as answer } from '#evals/datasets/ask-marked.ts';
import type { MarkedNotes } from '#evals/datasets/marked-chart.ts';

describe('yes or no', () => {
  it('hears a denial that stands behind the thing or in front of it, marked or not', async () => {
    const path: MarkedNotes = [
      ['2022-03-01', 'Colon resection.\nPerineural invasion: not identified.\nMargins clear.'],
    ];
    expect(await answer(path, 'perineural invasion seen?')).toMatch(
      /^denied \| No\. .*nvasion: denied.*not identified/,
    );
    const scan: MarkedNotes = [['2022-03-01', 'CT angiography, negative for pulmonary arterial embolism.']];
    expect(await answer(scan, 'did he have a PE?')).toMatch(/^denied \| No\. .*negative for pulmonary/);
  });

  it('takes no denial from what is left open or only not new', async () => {
    const open: MarkedNotes = [['2022-03-01', 'Retina hazy, retinopathy of prematurity cannot be ruled out.']];
    expect(await answer(open, 'is there retinopathy of prematurity?')).not.toMatch(/No\./);
    const same: MarkedNotes = [['2022-03-01', 'Foot films: no change in erosion of the fifth toe.']];
    expect(await answer(same, 'is there an erosion of the fifth toe?')).not.toMatch(/No\./);
  });

  it('asks of each thing by itself where a question sets several beside each other', async () => {
    const notes: MarkedNotes = [
      ['2022-03-01', 'Denies <S neg>hematuria</S>.\n<S>Burning on urination</S> for two days.'],
    ];
    const given = await answer(notes, 'any haematuria or burning on urination?');
    expect(given).toMatch(/^affirmed \| Yes\. .*Burning on urination/);
    expect(given).toContain('Hematuria: denied');
    expect(
      await answer([['2022-03-01', 'No <S neg>fracture</S> seen.']], 'fracture or arthritis on the film?'),
    ).toMatch(/^denied \| No\. Fracture/);
  });

  it('keeps the word that denies inside the quote', async () => {
    const long =
      'He stated, when asked again and in some detail by the registrar on the ward round this morning, that he never had';
    const notes: MarkedNotes = [['2022-03-01', `${long} <S neg>blood in his urine</S> before, though he had stones.`]];
    expect(await answer(notes, 'ever had blood in the urine?')).toMatch(/never had blood in his urine/);
  });

  it('does not take the rest of a question for its whole', async () => {
    const notes: MarkedNotes = [['2022-03-01', '<C>Atrial fibrillation</C>, rate controlled.']];
    expect(await answer(notes, 'is she anticoagulated for her AF?')).not.toMatch(/Yes/);
    const sent: MarkedNotes = [['2022-03-01', '<C>Sepsis</C>.\n<T>Blood cultures</T> sent.']];
    expect(await answer(sent, 'did the blood cultures grow anything?')).not.toMatch(/Yes/);
  });

  it('says nothing of the patient by a line of relatives', async () => {
    const notes: MarkedNotes = [
      ['2022-03-01', 'FH: mother on <P>dialysis</P>.\nShe did not need <P neg>dialysis</P>.'],
    ];
    expect(await answer(notes, 'did she ever need dialysis?')).toMatch(/^denied \| No\. Dialysis/);
  });

  it('tells what was offered although nothing was done', async () => {
    const notes: MarkedNotes = [['2022-03-01', 'Offered <P hyp>ablation</P>; he declines for now.']];
    expect(await answer(notes, 'has he been offered an ablation?')).toMatch(/Offered ablation; he declines/);
  });

  it('reads no result out of what was only sent, and no place into a thing', async () => {
    const sent: MarkedNotes = [
      ['2022-05-24', '<C>Pyelonephritis</C>; <C unc>bacteremia</C> suspected, <T>blood cultures</T> sent.'],
    ];
    expect(await answer(sent, 'did the blood cultures grow anything?')).not.toMatch(/Yes/);
    const other: MarkedNotes = [['2022-05-24', 'No severe <C neg>liver disease</C>.\nRCA patent.']];
    expect(await answer(other, 'is there disease in the right coronary?')).not.toMatch(/No\./);
  });

  it('answers of the place that is asked about, not of the last note', async () => {
    const notes: MarkedNotes = [
      ['2023-11-07', 'ICU note.\nVisual <S>hallucinations</S> overnight.'],
      ['2024-02-20', 'No further <S neg>hallucinations</S>.'],
    ];
    expect(await answer(notes, 'was she hallucinating in November 2023?')).toMatch(/^affirmed \| .*overnight/);
  });

  it('answers whether a lump was cancer by the pathology of its note', async () => {
    const notes: MarkedNotes = [
      ['2021-06-01', 'Core biopsy of <C>lung nodule</C>.\nNegative for <C neg>malignancy</C>.'],
      ['2022-06-01', 'Skin: <C hist>basal cell carcinoma</C> removed 2010.'],
    ];
    expect(await answer(notes, 'was that lung nodule cancer?')).toMatch(/^denied \| No\. Malignancy/);
  });
});
