import { chooseUnits, quoteClaim } from './extract.ts';
import { medicationsFor } from './medications.ts';
import type { Unit } from '../evidence/chart-index.ts';
import type { RankedUnit, SubjectHits } from '../evidence/rank-units.ts';
import { matchedEntities } from '../evidence/rank-units.ts';
import type { Draft, DraftClaim, DraftContext } from './types.ts';
import { quoteUnit, wordCount } from './wording.ts';
import { WORDS } from './limits.ts';

/** Why something was done, started, stopped or happened: the sentences that give a reason beside the subject. */
export function draftReason(context: DraftContext): Draft | null {
  const { question } = context;
  if (!question.asked.has('why') || question.asked.has('pgx') || question.asked.has('conflict')) return null;
  const steps = reasonPlaces(context);
  const ranked = context.ranked
    .map((candidate): RankedUnit => {
      const cited = steps.some(
        ({ noteId, start }) =>
          noteId === candidate.unit.note.note.id && candidate.unit.start <= start && start < candidate.unit.end,
      );
      return { ...candidate, score: candidate.score + (cited ? 0.35 : 0) };
    })
    .sort((a, b) => b.score - a.score || a.unit.index - b.unit.index);
  const best = ranked[0];
  if (best === undefined || best.coverage < 0.4) return null;
  const chosen = chooseUnits({ ...context, ranked }, 3);
  const [first, ...others] = chosen.map((candidate) => quoteClaim(candidate, context));
  return {
    claims: fitting([first!, ...besides(chosen[0]!, chosen, context), ...blamed(chosen, context), ...others]),
    finding: 'affirmed',
    rule: 'reason',
    confidence: Math.min(1, 0.4 + 0.4 * best.attribute),
  };
}

/** Sentences beside one that tells what was done and not why: the reason often stands right before or after it. */
function besides(best: RankedUnit, chosen: readonly RankedUnit[], context: DraftContext): DraftClaim[] {
  // "It was therefore stopped": the reason is what came before.
  const follows = THEREFORE.test(best.unit.text);
  if (!follows && (best.features['holds.reason'] ?? 0) >= 0.7 && best.unit.words.length > 9) return [];
  const near = reasonsAt(follows ? [-1, -2] : [-1, 1], best, chosen, context);
  const beside = near.length > 0 || tellsReason(best.unit) ? near : reasonsAt([-2], best, chosen, context);
  return beside.length > 0 || tellsReason(best.unit) ? beside : abnormalNear(best.unit, chosen, context);
}

/** What may be a reason in sentences so many steps from one, in its note. */
function reasonsAt(
  steps: readonly number[],
  best: RankedUnit,
  chosen: readonly RankedUnit[],
  context: DraftContext,
): DraftClaim[] {
  return steps.flatMap((step) => {
    const unit = context.index.units[best.unit.index + step];
    if (unit === undefined || unit.noteIndex !== best.unit.noteIndex || chosen.some((other) => other.unit === unit))
      return [];
    const reasons = unit.entities.filter(
      ({ label, flags }) => REASONS.has(label) && !flags.includes('neg') && !flags.includes('hyp'),
    );
    if (reasons.length === 0) return [];
    const { text, citation } = quoteUnit(unit, reasons, 18);
    return [{ text: `"${text}"`, citations: [citation], polarity: 'quoted' } satisfies DraftClaim];
  });
}

/** How far off, in sentences of one note, an abnormal result may stand that an order without a reason goes back to. */
const NEAR = 8;

/** The nearest abnormal result of the note: "ALT 318 (H)" some lines above "STOP it now". */
function abnormalNear(from: Unit, chosen: readonly RankedUnit[], { index, question }: DraftContext): DraftClaim[] {
  if (question.verb !== 'stop' && question.verb !== 'hold' && question.verb !== 'change') return [];
  const near = index.units
    .slice(Math.max(0, from.index - NEAR), from.index + NEAR + 1)
    .filter(
      (unit) =>
        unit.noteIndex === from.noteIndex &&
        !chosen.some((other) => other.unit === unit) &&
        ABNORMAL.test(unit.text) &&
        unit.entities.some(({ label }) => label === 'Value'),
    )
    .toSorted((a, b) => Math.abs(a.index - from.index) - Math.abs(b.index - from.index) || a.index - b.index);
  const [unit] = near;
  if (unit === undefined) return [];
  const { text, citation } = quoteUnit(unit, [], 18);
  return [{ text: `Same note: "${text}"`, citations: [citation], polarity: 'quoted' }];
}

const ABNORMAL =
  /\(\s?(?:HH?|LL?|high|low)\s?\)|\d\s?(?:HH?|LL?)(?=[\s,;.)]|$)|\d\*|\b(?:elevated|raised|critical|abnormal|deranged)\b|[↑↓]/;

/** What the drug is blamed for elsewhere, where the sentences chosen tell what was done with it and not why. */
function blamed(chosen: readonly RankedUnit[], context: DraftContext): DraftClaim[] {
  const { verb } = context.question;
  if ((verb !== 'stop' && verb !== 'hold') || chosen.some(({ unit }) => tellsReason(unit))) return [];
  const drugs = context.hits.filter(({ subject }) => subject.kind === 'medication' || subject.kind === 'class');
  const named = [...new Set(drugs.flatMap(({ byUnit }) => [...byUnit.keys()]))].sort((a, b) => a - b);
  const from = chosen[0]!.unit.index;
  const byClass = context.index.units.filter(
    (unit) => unit.noteIndex === chosen[0]!.unit.noteIndex && namesClassOf(unit, drugs, context) && tellsReason(unit),
  );
  return [...named.map((at) => context.index.units[at]!).filter((unit) => isBlame(unit, drugs, context)), ...byClass]
    .filter((unit, i, all) => !chosen.some((other) => other.unit === unit) && all.indexOf(unit) === i)
    .toSorted((a, b) => Math.abs(a.index - from) - Math.abs(b.index - from) || a.index - b.index)
    .slice(0, 2)
    .map((unit) => quoteClaim({ unit }, context));
}

/** "Recurrent candida on SGLT2i" of empagliflozin: a sentence that names the drug by its class. */
function namesClassOf(unit: Unit, drugs: readonly SubjectHits[], context: DraftContext): boolean {
  const classes = new Set(
    drugs.flatMap(({ subject }) => medicationsFor(context, subject).flatMap((fact) => fact.classes)),
  );
  return unit.entities.some(({ label, start, end }) => {
    if (label !== 'Medication') return false;
    const named = context.terminology.medication(unit.text.slice(start - unit.start, end - unit.start));
    return named !== null && named.isClass && classes.has(named.name);
  });
}

function tellsReason({ text, entities }: Unit): boolean {
  return (
    CAUSE.test(text) ||
    entities.some(({ label, flags }) => (label === 'Condition' || label === 'Finding') && !flags.includes('neg'))
  );
}

/** "Tramadol likely culprit", "labetalol - bronchospasm". */
function isBlame(unit: Unit, drugs: readonly SubjectHits[], { index }: DraftContext): boolean {
  const mentions = matchedEntities(unit, drugs).filter(({ label }) => label === 'Medication');
  const causes = mentions.some(
    ({ id, action }) => action === 'allergy' || index.relationsOf(unit.noteIndex, id).some(({ type }) => type === 'by'),
  );
  return causes || BLAME.test(unit.text);
}

const THEREFORE =
  /\b(?:therefore|hence|thus|consequently|accordingly|as a result|for (?:this|that|these) reasons?|so (?:it|this|that|we|i|he|she|they) (?:was|were|had|have|has)?)\b/i;
const CAUSE =
  /\b(?:because|due to|d\/t|2\/2|secondary to|owing to|on account of|in view of|caus(?:ed|ing)|reason|since (?:it|he|she|they|this)|as (?:it|he|she|they))\b/i;
const BLAME =
  /\b(?:culprit|blamed?|caus(?:ed|ing|es)|made (?:him|her|them|me)|gave (?:him|her|them|me)|side[- ]?effects?|reaction|intoleran\w*|adverse|attribut\w+|react(?:ed|s)|led to|result(?:ed|ing) in|brought on|set off)\b/i;
const REASONS: ReadonlySet<string> = new Set(['Condition', 'Finding', 'Genotype', 'Value']);

/** The first claims that fit in the words of one answer. */
function fitting(claims: readonly DraftClaim[]): DraftClaim[] {
  let words = 0;
  return claims.filter(({ text }, i) => {
    if (i > 0 && words + wordCount(text) > WORDS) return false;
    words += wordCount(text);
    return true;
  });
}

function reasonPlaces(context: DraftContext): { noteId: string; start: number }[] {
  const { verb, subjects } = context.question;
  const wanted: readonly string[] =
    verb === 'start'
      ? ['start', 'resume']
      : verb === 'hold'
        ? ['hold', 'stop']
        : verb === 'stop'
          ? ['stop', 'hold']
          : [];
  return subjects
    .filter(({ kind }) => kind === 'medication' || kind === 'class')
    .flatMap((subject) => medicationsFor(context, subject))
    .flatMap((fact) => fact.steps)
    .filter((step) => step.reason !== null && (wanted.length === 0 || wanted.includes(step.action)))
    .flatMap((step) => [...(step.reasonEvidence === null ? [] : [step.reasonEvidence]), step.evidence[0]]);
}
