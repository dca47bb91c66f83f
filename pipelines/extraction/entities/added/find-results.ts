import type { TaggedEntity } from '../../../contracts/token-tagger.ts';
import rules from '../../../rules/added-mentions/1/results.json' with { type: 'json' };
import { lineAt } from './patterns.ts';
import type { SecondReading } from './reading.ts';
import { isGoal, nameBefore } from './test-names.ts';
import type { NamedTest } from './test-names.ts';
import { canHave } from './values.ts';
import type { WrittenValue } from './values.ts';

/** A value with the test before it; either may be an entity of the model. */
interface Result {
  readonly value: WrittenValue;
  readonly valueEntity: TaggedEntity | null;
  readonly test: NamedTest;
  /** False where only another result on the line can tell that this is one. */
  readonly isSure: boolean;
}

const LISTS: ReadonlySet<string> = new Set(rules.listSections);
const AMBIGUOUS: ReadonlySet<string> = new Set(rules.ambiguousNames);
const NEED_UNIT: ReadonlySet<string> = new Set(rules.needUnit);

/**
 * Adds tests and values that stand side by side: the name of a test that the terminology knows and, right behind it, a
 * value that such a test can have. Doses, dates, goals and reference ranges are no values.
 */
export function addResults(reading: SecondReading): void {
  const found = findResults(reading);
  if (found.length === 0) return;
  const lineOf = (offset: number): number => lineAt(reading.text, offset).start;
  const values = reading.known.filter(({ id, label }) => label === 'Value' && reading.isLinked(id));
  const ids = new Set(values.map(({ id }) => id));
  const tested = new Set(reading.knownRelations.filter(({ head }) => ids.has(head)).map(({ tail }) => tail));
  const sure = found.filter(({ isSure }) => isSure).map(({ value }) => value);
  const sureLines = new Set([...values, ...sure].map(({ start }) => lineOf(start)));
  for (const result of found) {
    const { test, isSure } = result;
    if (!isSure && !sureLines.has(lineOf(result.value.start))) continue;
    if (test.entity !== null && tested.has(test.entity.id)) continue;
    addResult(reading, result);
  }
}

function addResult(reading: SecondReading, { test, value, valueEntity }: Result): void {
  if (test.entity === null && !reading.isFree(test.range)) return;
  if (valueEntity === null && !reading.isFree(value)) return;
  const tail = test.entity ?? reading.add('Test', test.range);
  const head = valueEntity ?? reading.add('Value', value);
  reading.link(head.id, tail.id);
}

function findResults(reading: SecondReading): Result[] {
  const byStart = new Map(reading.known.map((entity) => [entity.start, entity]));
  const byEnd = new Map(reading.known.map((entity) => [entity.end, entity]));
  const results: Result[] = [];
  for (const value of reading.values) {
    const at = byStart.get(value.start);
    const valueEntity = at?.label === 'Value' ? at : null;
    if (valueEntity === null ? !reading.isFree(value) : reading.isLinked(valueEntity.id)) continue;
    const test = nameBefore(reading, value, (offset) => byEnd.get(offset));
    if (test === null || isGoal(reading.text, test.range.start)) continue;
    const judged = judge(reading, value, test, valueEntity !== null);
    if (judged !== 'no') results.push({ value, valueEntity, test, isSure: judged === 'sure' });
  }
  return results;
}

/** Whether a name and a value side by side are a result: yes, only beside another result, or no. */
function judge(
  reading: SecondReading,
  value: WrittenValue,
  test: NamedTest,
  isKnownValue: boolean,
): 'sure' | 'beside' | 'no' {
  const { entity, concept } = test;
  if (entity?.flags.some((flag) => flag === 'hyp' || flag === 'fam' || flag === 'neg') === true) return 'no';
  const fits = concept === null ? null : canHave(concept, value);
  if (fits === false) return 'no';
  if (isKnownValue || (entity !== null && fits === true)) return 'sure';
  const category = reading.sectionAt(value.start)?.category ?? 'other';
  if (category === 'medications' || category === 'allergies') return 'no';
  const inList = LISTS.has(category);
  const words = reading.text.slice(test.range.start, test.range.end);
  if (value.form === 'words') return !value.isWeak || test.isStated || inList ? 'sure' : 'no';
  if (fits === null) {
    if (test.isSubstance) return 'no';
    return value.hasUnit || (test.isStated && value.form === 'number') || inList ? 'sure' : 'no';
  }
  if (value.hasUnit || inList) return 'sure';
  if (NEED_UNIT.has(concept!)) return 'beside';
  const isUnclear = AMBIGUOUS.has(words.toLowerCase()) || words.length === 1 || test.isSubstance;
  return isUnclear && !(test.isStated && words.length > 2) ? 'beside' : 'sure';
}
