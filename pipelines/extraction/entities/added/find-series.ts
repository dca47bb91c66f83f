import type { TaggedEntity } from '../../../contracts/token-tagger.ts';
import rules from '../../../rules/added-mentions/1/results.json' with { type: 'json' };
import times from '../../../rules/added-mentions/1/times.json' with { type: 'json' };
import { oneOf } from './patterns.ts';
import type { SecondReading } from './reading.ts';
import { canHave } from './values.ts';

const TIME = `(?:${oneOf(times.months)})\\.?(?:[ ](?:\\d{1,2}|\\d{4}))?|\\d{1,2}/\\d{1,2}(?:/\\d{2,4})?|(?:19|20)\\d\\d`;
const BEFORE = new RegExp(
  `^[ ]?(?:(?<bracket>[([])(?:(?:${oneOf(rules.earlierWords)}|${TIME}):?[ ]){0,2}|[ ]?(?:${oneOf(rules.seriesMarks)})[ ]{0,2})$`,
  'iu',
);
const LONGEST_GAP = 28;

/**
 * Adds the values that go on with a test's value: an earlier one in brackets ("8.2 (9.0)", "1,105 (last week 230)") and
 * the next of a course ("128 -> 104"). A range in brackets is the reference and no value.
 */
export function addSeries(reading: SecondReading): void {
  const tests = new Map([...reading.known, ...reading.added].map((entity) => [entity.id, entity]));
  const testOf = new Map<string, TaggedEntity>();
  const ends = new Map<number, TaggedEntity>();
  for (const { type, head, tail } of [...reading.knownRelations, ...reading.relations]) {
    const [value, test] = [tests.get(head), tests.get(tail)];
    if (type !== 'of' || value?.label !== 'Value' || test?.label !== 'Test') continue;
    testOf.set(head, test);
    ends.set(value.end, value);
  }
  if (ends.size === 0) return;
  for (const value of reading.values) {
    if (value.form === 'range' || value.form === 'words' || value.isBound || !reading.isFree(value)) continue;
    const previous = valueBefore(reading.text, value.start, ends);
    const test = previous === null ? undefined : testOf.get(previous.entity.id);
    if (test === undefined || (previous!.isBracket && !/^[^()[\]\n]{0,24}[)\]]/.test(reading.text.slice(value.end))))
      continue;
    const concept = reading.terminology.test(reading.text.slice(test.start, test.end))?.name;
    if (concept === undefined || canHave(concept, value) !== true) continue;
    const added = reading.add('Value', value);
    reading.link(added.id, test.id);
    testOf.set(added.id, test);
    ends.set(added.end, added);
  }
}

function valueBefore(
  text: string,
  start: number,
  ends: ReadonlyMap<number, TaggedEntity>,
): { readonly entity: TaggedEntity; readonly isBracket: boolean } | null {
  for (let at = start - 1; at >= Math.max(0, start - LONGEST_GAP); at--) {
    const entity = ends.get(at);
    if (entity === undefined) continue;
    const between = BEFORE.exec(text.slice(at, start));
    return between === null ? null : { entity, isBracket: between.groups!['bracket'] !== undefined };
  }
  return null;
}
