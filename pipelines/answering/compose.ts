import type { Answer, AnswerBasis, AnswerProvenance, Claim, NoteCitation, Searched } from '../domain/evidence.ts';
import { quoteUnit } from './draft/wording.ts';
import type { RankedUnit } from './evidence/rank-units.ts';
import type { ModelClaims } from './language-model.ts';
import type { Prepared } from './prepare.ts';
import { ANSWERING_RULES } from './rules.ts';

const MENTIONS = 4;
const MORE = 6;

/** Puts an answer together from verified claims, or an abstention with its reason, what was searched and what only mentions the subject. */
export function composeAnswer(prepared: Prepared, model: ModelClaims | null): Answer {
  const common = {
    searched: searchedFor(prepared),
    asOf: prepared.asOf,
    basis: basisOf(prepared),
    by: provenanceOf(prepared, model),
  };
  const abstained = { ...common, status: 'abstained', claims: [], more: [] } as const;
  if (prepared.outOfScope !== null) return { ...abstained, reason: 'out-of-scope', mentions: [] };
  const claims = model !== null && model.fallback === null ? model.claims : prepared.verified.claims;
  if (claims.length === 0 || prepared.draft === null) {
    return { ...abstained, reason: 'not-documented', mentions: mentionsOf(prepared) };
  }
  return {
    ...common,
    status: 'answered',
    finding: prepared.draft.finding,
    claims,
    mentions: [],
    more: moreThan(claims, prepared.evidence),
  };
}

function searchedFor({ context, unreadNotes, noteTypes }: Prepared): Searched {
  const { notes } = context.chart;
  const terms = [...context.question.subjects, ...context.question.context].flatMap((subject) => [
    subject.words.toLowerCase(),
    ...subject.forms.slice(1, 5).map((form) => form.stems.join(' ')),
  ]);
  return {
    notes: notes.length,
    from: notes[0]?.note.date ?? null,
    to: notes.at(-1)?.note.date ?? null,
    terms: [...new Set(terms)],
    ...(unreadNotes > 0 && { unread: unreadNotes }),
    ...(noteTypes.length > 0 && { noteTypes }),
  };
}

function mentionsOf({ evidence, context }: Prepared): NoteCitation[] {
  const named = new Set(context.hits.flatMap(({ byUnit }) => [...byUnit.keys()]));
  return evidence
    .filter(({ unit }) => named.has(unit.index))
    .slice(0, MENTIONS)
    .map(({ unit }) => quoteUnit(unit, []).citation);
}

function moreThan(claims: readonly Claim[], evidence: readonly RankedUnit[]): NoteCitation[] {
  const cited = claims.flatMap(({ citations }) => citations.filter((citation) => citation.kind === 'note'));
  return evidence
    .filter(
      ({ unit }) =>
        !cited.some((place) => place.noteId === unit.note.note.id && place.start < unit.end && unit.start < place.end),
    )
    .slice(0, MORE)
    .map(({ unit }) => quoteUnit(unit, []).citation);
}

function basisOf({
  context,
  draft,
  verified,
  asOf,
  unreadNotes,
  noteTypes,
  widenedFrom,
  outOfScope,
  unanswered,
}: Prepared): AnswerBasis {
  const { question, chart } = context;
  const inputsUsed = [
    `${chart.notes.length} notes`,
    ...question.subjects.map(({ words, kind }) => `subject: ${words} (${kind})`),
    ...question.window.words.map((words) => `time: ${words}`),
    ...question.context.map(({ words }) => `occasion: ${words}`),
  ];
  const missing = context.hits.filter(({ matches }) => matches.length === 0).map(({ subject }) => subject.words);
  return {
    inputsUsed,
    inputsMissing: missing,
    rulesApplied: [
      ...[...question.asked].map((kind) => `asked: ${kind}`),
      ...(outOfScope === null ? [] : [`scope: ${outOfScope}`]),
      ...(draft === null ? [] : [`drafter: ${draft.rule}`]),
      ...verified.refused.map((refusal) => `refused: ${refusal}`),
    ],
    ...(draft === null ? {} : { confidence: Math.round(draft.confidence * 100) / 100 }),
    limits: [
      asOf === null ? 'the chart holds no notes' : asOfLimit(asOf, chart.notes.at(-1)?.note.date),
      ...(noteTypes.length > 0 ? [`only notes of these types: ${noteTypes.join(', ')}`] : []),
      ...(widenedFrom.length > 0 ? [WIDENED] : []),
      ...(unreadNotes > 0 ? [unreadLimit(unreadNotes)] : []),
      ...unanswered.map((part) => `not documented: ${part}`),
    ],
  };
}

function asOfLimit(asOf: string, last: string | undefined): string {
  return last === undefined || last === asOf
    ? `as of ${asOf}, the last note considered`
    : `as of ${asOf}; last note ${last}`;
}

const WIDENED = 'allergies or giving a drug are asked about: notes of every type were searched';

function unreadLimit(count: number): string {
  return count === 1 ? '1 note of this patient is not read yet' : `${count} notes of this patient are not read yet`;
}

function provenanceOf({ context, ranker }: Prepared, model: ModelClaims | null): AnswerProvenance {
  const pipeline = context.chart.notes.at(-1)?.pipeline ?? 'none';
  const rules = [ANSWERING_RULES, ...context.terminology.releases, ...(ranker === null ? [] : [ranker])];
  if (model === null) return { drafter: 'rules', pipeline, rules };
  if (model.fallback === null) return { drafter: 'language-model', pipeline, rules, prompt: model.prompt };
  return { drafter: 'rules', fallback: `${model.name}: ${model.fallback}`, pipeline, rules };
}
