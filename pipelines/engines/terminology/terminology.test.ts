import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClinicalError } from '#pipelines/errors.ts';
import { loadTerminology } from './index.ts';

const RULES = 'pipelines/rules/terminology/2026.1';
const terminology = loadTerminology(RULES);

/** Reads a table of two columns, written as a clinician would read it. */
const table = (text: string): [string, string][] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.split('->').map((cell) => cell.trim()) as [string, string]);

describe('medications', () => {
  it.each(
    table(`
      Synthroid                          -> levothyroxine
      thyroxine                          -> levothyroxine
      T4                                 -> levothyroxine
      Levoxyl                            -> levothyroxine
      ASA                                -> aspirin
      baby aspirin                       -> aspirin
      HCTZ                               -> hydrochlorothiazide
      MTX                                -> methotrexate
      Coumadin                           -> warfarin
      paracetamol                        -> acetaminophen
      Panadol                            -> acetaminophen
      salbutamol                         -> albuterol
      Ventolin inhaler                   -> albuterol
      frusemide                          -> furosemide
      Lasix 40                           -> furosemide
      adrenaline                         -> epinephrine
      GTN spray                          -> nitroglycerin
      bendrofluazide                     -> bendroflumethiazide
      co-amoxiclav                       -> amoxicillin/clavulanate
      Coversyl                           -> perindopril
      metoprolol succinate               -> metoprolol
      metoprolol succinate ER 25 mg      -> metoprolol
      amlodipine besylate                -> amlodipine
      IV vancomycin                      -> vancomycin
      prednisone taper                   -> prednisone
      lisinopril-HCTZ                    -> hydrochlorothiazide/lisinopril
      hydrocodone/APAP                   -> acetaminophen/hydrocodone
      valsartan/sacubitril               -> sacubitril/valsartan
      Bactrim DS                         -> sulfamethoxazole/trimethoprim
      calcium and vitamin D              -> calcium/vitamin d
      Lantus                             -> insulin glargine
      NPH                                -> insulin nph
      flu shot                           -> influenza vaccine
      COVID-19 booster                   -> covid-19 vaccine
    `),
  )('knows %s as %s', (words, name) => {
    expect(terminology.medication(words)?.name).toBe(name);
  });

  it.each(
    table(`
      wafarin      -> warfarin
      metformn     -> metformin
      lisinoprol   -> lisinopril
      amiodorone   -> amiodarone
      gliclizide   -> gliclazide
    `),
  )('reads the misspelling %s as %s', (words, name) => {
    expect(terminology.medication(words)?.name).toBe(name);
  });

  it.each(['chest pain', 'patient', 'hit', 'today', 'glucose', 'troponin', 'left knee', 'lipitox plus', ''])(
    'takes "%s" for no medication',
    (words) => {
      expect(terminology.medication(words)).toBeNull();
    },
  );

  it('keeps drugs apart whose names are a letter or two apart', () => {
    expect(terminology.medication('prednisolone')?.name).toBe('prednisolone');
    expect(terminology.medication('hydroxyzine')?.name).toBe('hydroxyzine');
    expect(terminology.medication('hydralazine')?.name).toBe('hydralazine');
    expect(terminology.medication('clonidine')?.name).toBe('clonidine');
    expect(terminology.medication('clonazepam')?.name).toBe('clonazepam');
  });

  it.each(
    table(`
      blood thinner      -> warfarin
      DOAC               -> apixaban
      bp meds            -> lisinopril
      water pill         -> furosemide
      beta-blockers      -> metoprolol
      pain killer        -> oxycodone
      anti-inflammatory  -> ibuprofen
      sulfa              -> sulfamethoxazole/trimethoprim
      steroids           -> prednisone
      diabetes meds      -> empagliflozin
      SSRI               -> sertraline
      puffer             -> albuterol
      PPI                -> omeprazole
    `),
  )('counts among %s: %s', (words, member) => {
    expect(terminology.medication(words)?.isClass).toBe(true);
    expect(terminology.membersOfClass(words)).toContain(member);
  });

  it('names the classes of a drug and of a combination by its ingredients', () => {
    expect(terminology.medication('Eliquis')?.classes).toEqual(
      expect.arrayContaining(['direct oral anticoagulant', 'anticoagulant']),
    );
    expect(terminology.medication('Percocet')?.classes).toContain('opioid');
    expect(terminology.medication('Percocet')?.ingredients).toEqual(['acetaminophen', 'oxycodone']);
  });
});

describe('conditions and findings', () => {
  it.each(
    table(`
      htn                                        -> hypertension
      afib                                       -> atrial fibrillation
      paroxysmal AF                              -> atrial fibrillation
      T2DM                                       -> type 2 diabetes mellitus
      type 2 diabetes with neuropathy            -> type 2 diabetes mellitus
      acute on chronic systolic heart failure    -> heart failure
      HFrEF (EF 30%)                             -> heart failure
      CKD stage 3b                               -> chronic kidney disease
      heart attack                               -> myocardial infarction
      NSTEMI                                     -> myocardial infarction
      GORD                                       -> gerd
      haemorrhage                                -> hemorrhage
      iron-deficiency anaemia                    -> iron deficiency anemia
      oesophageal varices                        -> esophageal varices
      cancer of the breast                       -> breast cancer
      severe aortic stenosis                     -> aortic stenosis
      left hip fracture                          -> hip fracture
      RLL pneumonia                              -> pneumonia
      left leg cellulitis                        -> cellulitis
      SOB                                        -> dyspnea
      short of breath                            -> dyspnea
      breathlessness                             -> dyspnea
      N/V                                        -> nausea and vomiting
      bilateral ankle swelling                   -> edema
      Crohn's disease                            -> crohn disease
      HIT                                        -> heparin-induced thrombocytopenia
    `),
  )('knows %s as %s', (words, name) => {
    expect(terminology.condition(words)?.name).toBe(name);
  });

  it('does not read short capitals into everyday words', () => {
    expect(terminology.condition('hit')).toBeNull();
    expect(terminology.condition('add')).toBeNull();
    expect(terminology.test('us')).toBeNull();
  });

  it('keeps a pain in its place', () => {
    expect(terminology.conceptKey('Finding', 'foot pain')).not.toBe(terminology.conceptKey('Finding', 'pain'));
  });

  it('gives the code of the stage, and the concept of the whole', () => {
    const stage = terminology.condition('stage 3b CKD');
    expect(stage?.name).toBe('chronic kidney disease');
    expect(stage?.codes.map(({ code }) => code)).toContain('N18.32');
  });

  it('finds rare diseases in the Disease Ontology with their codes', () => {
    const codes = terminology.condition('Ehlers-Danlos syndrome')?.codes ?? [];
    expect(codes.map(({ system }) => system)).toContain('http://purl.obolibrary.org/obo/doid.owl');
  });
});

describe('tests', () => {
  it.each(
    table(`
      A1c                      -> hemoglobin a1c
      LVEF                     -> ejection fraction
      Hb                       -> hemoglobin
      K                        -> potassium
      serum creatinine         -> creatinine
      repeat INR               -> inr
      BUN                      -> urea nitrogen
      MRI of the left knee     -> mri knee
      left knee MRI            -> mri knee
      CT head without contrast -> ct head
      TTE                      -> echocardiogram
      OGD                      -> upper endoscopy
      FBC                      -> cbc
      O2 sats                  -> oxygen saturation
    `),
  )('knows %s as %s', (words, name) => {
    expect(terminology.test(words)?.name).toBe(name);
  });

  it('gives LOINC code, unit and reference range where the source has them', () => {
    expect(terminology.test('potassium')).toMatchObject({
      codes: [{ system: 'http://loinc.org', code: '2823-3' }],
      units: ['mmol/L', 'mEq/L'],
      referenceRange: '3.5-5.0 mmol/L',
    });
  });

  it('knows the tests of a panel', () => {
    expect(terminology.membersOfPanel('lytes')).toEqual(expect.arrayContaining(['sodium', 'potassium']));
    expect(terminology.membersOfPanel('LFTs')).toContain('alt');
    expect(terminology.membersOfPanel('chest pain')).toEqual([]);
  });
});

describe('concept keys', () => {
  it.each([
    ['Procedure', 'CABG x3', 'coronary artery bypass grafting'],
    ['Procedure', 'lap chole', 'gallbladder removal'],
    ['Procedure', 'left TKR', 'total knee arthroplasty'],
    ['Test', 'colonoscopy', 'screening colonoscopy'],
    ['Habit', '30 pack-year smoker', 'quit smoking in 2015'],
    ['Genotype', 'CYP2C19 *2/*17', '2C19 intermediate metabolizer'],
    ['Condition', 'tumour of the thymus', 'tumor of the thymus'],
    ['Finding', 'loose stools', 'diarrhoea'],
  ])('are one for a %s written "%s" and "%s"', (label, one, other) => {
    expect(terminology.conceptKey(label, one)).toBe(terminology.conceptKey(label, other));
  });

  it('tell different things apart', () => {
    expect(terminology.conceptKey('Condition', 'pulmonary hypertension')).not.toBe(
      terminology.conceptKey('Condition', 'hypertension'),
    );
    expect(terminology.conceptKey('Medication', 'warfarin')).not.toBe(terminology.conceptKey('Medication', 'heparin'));
  });

  it('are stable: the key of a key is itself', () => {
    const words = ['afib', 'T2DM', 'SOB', 'lung nodule', 'hyperkalaemia', 'metoprolol succinate', 'wound dehiscence'];
    fc.assert(
      fc.property(
        fc.constantFrom(...words),
        fc.constantFrom('Condition', 'Medication', 'Test', 'Procedure'),
        (word, label) => {
          const key = terminology.conceptKey(label, word);
          expect(terminology.conceptKey(label, key)).toBe(key);
        },
      ),
    );
  });

  it('never fail, whatever the words are', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom('Condition', 'Medication', 'Test', 'Procedure', 'Habit', 'Dose'),
        (words, label) => {
          expect(typeof terminology.conceptKey(label, words)).toBe('string');
        },
      ),
    );
  });
});

describe('other words for a concept', () => {
  it('gives British and American spelling, lay words and abbreviations', () => {
    expect(terminology.synonyms('Condition', 'anemia')).toEqual(expect.arrayContaining(['anemia', 'anaemia']));
    expect(terminology.synonyms('Condition', 'afib')).toContain('atrial fibrillation');
    expect(terminology.synonyms('Medication', 'warfarin')).toContain('coumadin');
    expect(terminology.synonyms('Medication', 'blood thinner')).toEqual(
      expect.arrayContaining(['warfarin', 'eliquis']),
    );
  });

  it('expands abbreviations, the most frequent sense first', () => {
    expect(terminology.expansions('htn')).toContain('hypertension');
    expect(terminology.expansions('RA')[0]).toBe('room air');
  });

  it('takes narrower concepts in', () => {
    expect(terminology.narrower?.('Condition', 'diabetes')).toEqual(
      expect.arrayContaining(['type 1 diabetes mellitus', 'type 2 diabetes mellitus']),
    );
    expect(terminology.narrower?.('Condition', 'GI bleed')).toContain('melena');
    expect(terminology.narrower?.('Condition', 'type 2 diabetes')).not.toContain('type 1 diabetes mellitus');
  });
});

describe('a damaged rule set', () => {
  it('is refused with a stable code', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rules-'));
    cpSync(RULES, folder, { recursive: true });
    writeFileSync(join(folder, 'tests.tsv'), 'name\n');
    expect(() => loadTerminology(folder)).toThrow(ClinicalError);
    expect(() => loadTerminology(join(folder, 'none'))).toThrow(/rule set/);
  });
});
