import type { Citation, ClaimView, NoteSummary, RuleCitation } from '#server/contract/index.ts';
import { formatDate } from './dates.ts';

/** Names a rule in an address. */
export function ruleKey(rule: Pick<RuleCitation, 'ruleSet' | 'release' | 'rule'>): string {
  return `${rule.ruleSet}|${rule.release}|${rule.rule}`;
}

export interface NumberedNote extends NoteSummary {
  /** Place in the chart by date, from 1, with at least two digits: `03`. */
  readonly number: string;
}

/** Numbers the notes of a chart by date; notes of one day keep the order in which they came. */
export function numberNotes(notes: readonly NoteSummary[]): NumberedNote[] {
  return notes
    .map((note, index) => ({ note, index }))
    .sort((a, b) => (a.note.date === b.note.date ? a.index - b.index : a.note.date < b.note.date ? -1 : 1))
    .map(({ note }, index) => ({ ...note, number: String(index + 1).padStart(2, '0') }));
}

/** What stands on a citation chip: `03 · 12 Mar 2022`, or `CPIC 2026-01 · rule`. */
export function chipText(citation: Citation, notes: readonly NumberedNote[]): string {
  if (citation.kind === 'rule') return `${citation.ruleSet} · ${citation.release}`;
  const note = notes.find((candidate) => candidate.id === citation.noteId);
  return note ? `${note.number} · ${formatDate(note.date)}` : 'note';
}

/**
 * What stands on the chips of one claim: a place in the note of the chip before it shows its number there only (`03 · 12 Mar 2022`, `2`, `3`).
 */
export function chipTexts(citations: readonly Citation[], notes: readonly NumberedNote[]): string[] {
  let run = 1;
  return citations.map((citation, index) => {
    const before = citations[index - 1];
    const again = before?.kind === 'note' && citation.kind === 'note' && before.noteId === citation.noteId;
    run = again ? run + 1 : 1;
    return again ? String(run) : chipText(citation, notes);
  });
}

/** Whether two citations stand at the same place. */
export function sameCitation(a: Citation, b: Citation): boolean {
  if (a.kind === 'note' && b.kind === 'note') return a.noteId === b.noteId && a.start === b.start && a.end === b.end;
  return a.kind === 'rule' && b.kind === 'rule' && ruleKey(a) === ruleKey(b);
}

/** A list of citations without repeats, first places kept. */
export function uniqueCitations<Item extends Citation>(citations: readonly Item[]): Item[] {
  return citations.filter((one, index) => citations.findIndex((other) => sameCitation(one, other)) === index);
}

function citationLine(citation: Citation, notes: readonly NumberedNote[]): string {
  if (citation.kind === 'rule') return `${chipText(citation, notes)} · ${citation.rule} · ${citation.url}`;
  const note = notes.find((candidate) => candidate.id === citation.noteId);
  const place = note ? `${note.type}, ${formatDate(note.date)}` : citation.noteId;
  return `${place}, characters ${citation.start} to ${citation.end}: "${citation.quote}"`;
}

/** An answer as plain text: each sentence with the numbers of its sources, then the sources with their quotes. */
export function answerAsText(
  question: string,
  claims: readonly ClaimView[],
  notes: readonly NumberedNote[],
  asOf: string | null,
): string {
  const sources = uniqueCitations(claims.flatMap((claim) => claim.citations));
  const numberOf = (one: Citation): number => sources.findIndex((other) => sameCitation(one, other)) + 1;
  const sentences = claims.map((claim) => `${claim.text} [${claim.citations.map(numberOf).join(', ')}]`);
  const head = [`Question: ${question}`, ...(asOf ? [`As of ${formatDate(asOf)}`] : [])];
  const list = sources.map((source, index) => `[${index + 1}] ${citationLine(source, notes)}`);
  return [head.join('\n'), sentences.join('\n'), list.join('\n')].filter(Boolean).join('\n\n');
}
