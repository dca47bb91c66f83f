import { describe, expect, it } from 'vitest';
import { findSections, splitSentences } from '../../text/index.ts';
import type { RuleReading } from './read-context.ts';
import { readContext } from './read-context.ts';

/** A text whose entities are marked `[chest pain]{Finding neg}`: the words, the label, the flags that should be read. */
function parse(marked: string) {
  const entities: { id: string; label: string; start: number; end: number; flags: string[] }[] = [];
  let text = '';
  let from = 0;
  for (const match of marked.matchAll(/\[([^\]]+)\]\{(\w+)([^}]*)\}/g)) {
    text += marked.slice(from, match.index);
    from = match.index + match[0].length;
    const flags = match[3]!.trim().split(' ').filter(Boolean);
    entities.push({ id: match[1]!, label: match[2]!, start: text.length, end: text.length + match[1]!.length, flags });
    text += match[1]!;
  }
  return { text: text + marked.slice(from), entities };
}

function read(marked: string): { text: string; readings: Map<string, RuleReading>; wanted: Record<string, string[]> } {
  const { text, entities } = parse(marked);
  const readings = readContext({ text, entities, sections: findSections(text), sentences: splitSentences(text) });
  return { text, readings, wanted: Object.fromEntries(entities.map(({ id, flags }) => [id, flags])) };
}

const SENTENCES: Readonly<Record<string, readonly string[]>> = {
  'keeps a finding negated across a list': [
    'Denies [chest pain]{Finding neg}, [palpitations]{Finding neg} or [syncope]{Finding neg}.',
    'No [fever]{Finding neg}, [night sweats]{Finding neg}, [weight loss]{Finding neg}.',
    'Nil [rash]{Finding neg}. [Cough]{Finding} ongoing.',
  ],
  'ends a negation at a contrast or at an affirmation': [
    'No [fever]{Finding neg} but [cough]{Finding} since Friday.',
    'Denies [chest pain]{Finding neg}, reports [dyspnea]{Finding}.',
    'No [rash]{Finding neg}; [pruritus]{Finding} at night.',
  ],
  'takes a word that only looks like a negation for none': [
    'No change in [headache]{Finding}.',
    'Gram negative [bacteremia]{Condition} treated.',
    '[Asthma]{Condition} not well controlled.',
  ],
  'reads an answer after a colon, and not a new negation': [
    '[Edema]{Finding neg}: none.',
    '[Pain]{Finding}: no [radiation]{Finding neg}.',
    '[Fever]{Finding neg} was denied.',
  ],
  'reads uncertainty on what it touches': [
    'Possible [pneumonia]{Condition unc}.',
    '?[PE]{Condition unc}, started heparin.',
    '[PE]{Condition unc} cannot be excluded.',
    '[Sarcoidosis]{Condition unc} vs [lymphoma]{Condition unc}.',
  ],
  'reads conditions, risks and plans as hypothetical': [
    'Return if [fever]{Finding hyp} or [worsening pain]{Finding hyp}.',
    'Avoid [NSAIDs]{Medication hyp}.',
    'Counselled about risk of [bleeding]{Finding hyp}.',
    'Will schedule [colonoscopy]{Procedure hyp}.',
  ],
  'reads the past': [
    '[Appendicitis]{Condition hist} in childhood.',
    's/p [cholecystectomy]{Procedure hist}.',
    'Prior [DVT]{Condition hist}.',
  ],
  'gives a relative what is a relative’s': [
    'Mother had [breast cancer]{Condition fam}.',
    'No family history of [sudden death]{Condition neg fam}.',
    '[Diabetes]{Condition fam} in mother.',
    'Mother reports [cough]{Finding}.',
    'Lives with daughter, [COPD]{Condition} stable.',
  ],
  'reads the words within an entity': ['[never smoker]{Habit neg}', '[former smoker]{Habit hist}'],
};

describe('readContext', () => {
  for (const [behaviour, sentences] of Object.entries(SENTENCES)) {
    it.each(sentences)(`${behaviour}: %s`, (marked) => {
      const { readings, wanted } = read(marked);
      expect(Object.fromEntries([...readings].map(([id, { flags }]) => [id, flags]))).toEqual(wanted);
    });
  }

  it('reads everything below a family history header as a relative’s, up to the next header', () => {
    const { readings } = read('FAMILY HISTORY\n[MI]{Condition}\n[DM2]{Condition}\n\nPLAN\n[HTN]{Condition}: recheck');
    expect([...readings].map(([id, { flags }]) => [id, flags.includes('fam')])).toEqual([
      ['MI', true],
      ['DM2', true],
      ['HTN', false],
    ]);
  });

  it('lets a header that has its answer on the same line speak for that line alone', () => {
    const { readings } = read('FH: [MI]{Condition}.\n[Asthma]{Condition} since 2019.');
    expect(readings.get('MI')!.flags).toEqual(['fam']);
    expect(readings.get('Asthma')!.flags).toEqual([]);
  });

  it('names the words that set a flag by their exact place', () => {
    const { text, readings } = read('😀\r\nShe denies [chest pain]{Finding}.');
    const [cue] = readings.get('chest pain')!.cues;
    expect(cue!.flag).toBe('neg');
    expect(text.slice(cue!.start, cue!.end)).toBe('denies');
  });

  it('reads nothing on labels that carry no flags', () => {
    expect(read('No [2 weeks]{Duration} of it.').readings.size).toBe(0);
  });
});
