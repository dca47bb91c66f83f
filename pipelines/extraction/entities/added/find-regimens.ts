import type { TaggedEntity } from '../../../contracts/token-tagger.ts';
import type { EntityLabel } from '../../../domain/entity.ts';
import rules from '../../../rules/added-mentions/1/medications.json' with { type: 'json' };
import { oneOf } from './patterns.ts';
import type { SecondReading } from './reading.ts';

const END = '(?![\\p{L}\\p{N}])';
const PARTS: readonly { readonly label: EntityLabel; readonly form: RegExp }[] = [
  { label: 'Dose', form: new RegExp(rules.doses, 'iuy') },
  {
    label: 'Frequency',
    form: new RegExp(`(?:${rules.frequencyPatterns.join('|')}|${oneOf(rules.frequencies)})${END}`, 'iuy'),
  },
  { label: 'Route', form: new RegExp(`(?:${oneOf(rules.routes)})${END}`, 'iuy') },
  { label: 'Form', form: new RegExp(`(?:${oneOf(rules.forms)})${END}`, 'iuy') },
];
const GAP = /[ \t]*[,(]?[ \t]*/y;

/**
 * Adds doses, routes and frequencies that follow a medication without a word between, and links them to it. Forms are read
 * over: a form alone ("the steroid inhaler") is as often none.
 */
export function addRegimens(reading: SecondReading): void {
  const byStart = new Map(reading.known.map((entity) => [entity.start, entity]));
  for (const drug of [...reading.known, ...reading.added].filter(({ label }) => label === 'Medication')) {
    readBehind(reading, drug, byStart);
  }
}

function readBehind(reading: SecondReading, drug: TaggedEntity, byStart: ReadonlyMap<number, TaggedEntity>): void {
  const isNew = reading.added.includes(drug);
  const seen = new Set<string>();
  for (let at = drug.end; ;) {
    GAP.lastIndex = at;
    at += GAP.exec(reading.text)![0].length;
    const known = byStart.get(at);
    const part = known === undefined ? partAt(reading.text, at) : { label: known.label, end: known.end };
    if (part === null || seen.has(part.label) || !PARTS.some(({ label }) => label === part.label)) return;
    seen.add(part.label);
    const range = { start: at, end: part.end };
    if (known === undefined) {
      if (part.label === 'Form' || !reading.isFree(range)) return;
      reading.link(reading.add(part.label as EntityLabel, range).id, drug.id);
    } else if (isNew && !reading.isLinked(known.id)) {
      reading.link(known.id, drug.id);
    }
    at = part.end;
  }
}

function partAt(text: string, at: number): { readonly label: EntityLabel; readonly end: number } | null {
  for (const { label, form } of PARTS) {
    form.lastIndex = at;
    const match = form.exec(text);
    if (match !== null) return { label, end: at + match[0].length };
  }
  return null;
}
