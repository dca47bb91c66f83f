import { SYSTEMS } from '../../../domain/coding.ts';
import rules from '../../../rules/added-mentions/1/conditions.json' with { type: 'json' };
import { itemsOf } from './list-items.ts';
import type { SecondReading } from './reading.ts';

const SECTIONS: ReadonlySet<string> = new Set(rules.sections);
const NOT_CONDITIONS: ReadonlySet<string> = new Set(rules.notConditions);
const SIGNS = new RegExp(rules.signs, 'u');
const MARK = /^(?:[-*•·+>#]|\(?\d{1,2}[.)])[ \t]*/u;
const LONGEST = 60;

/** Adds conditions that are the whole item of a list of past, present or diagnosed problems and that the terminology knows. */
export function addConditions(reading: SecondReading): void {
  const { text, terminology } = reading;
  for (const section of reading.sections) {
    if (!SECTIONS.has(section.category)) continue;
    for (const item of itemsOf(text, section)) {
      const start = item.start + (MARK.exec(text.slice(item.start, item.end))?.[0].length ?? 0);
      const words = text.slice(start, item.end);
      if (words.length < 2 || words.length > LONGEST || !/^\p{L}.*[\p{L}\p{N})]$/u.test(words)) continue;
      if (NOT_CONDITIONS.has(words.toLowerCase()) || !reading.isFree({ start, end: item.end })) continue;
      const codes = terminology.condition(words)?.codes ?? [];
      const icd10 = codes.find(({ system }) => system === SYSTEMS.icd10cm);
      if (icd10 !== undefined && !SIGNS.test(icd10.code)) reading.add('Condition', { start, end: item.end });
    }
  }
}
