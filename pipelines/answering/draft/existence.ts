import type { Entity } from '../../domain/entity.ts';
import { houseDate } from '../text/dates.ts';
import type { Unit } from '../evidence/chart-index.ts';
import type { RankedUnit, SubjectHits } from '../evidence/rank-units.ts';
import { matchedEntities } from '../evidence/rank-units.ts';
import { isDated } from '../question/time-window.ts';
import type { Question } from '../question/types.ts';
import { DENIAL_WORDS } from '../rules.ts';
import { chooseUnits, quoteClaim } from './extract.ts';
import type { Draft, DraftClaim, DraftContext } from './types.ts';
import { capital, inline, quoteUnit, textOfEntity } from './wording.ts';

const ASSERTED: ReadonlySet<string> = new Set(['Condition', 'Finding', 'Procedure', 'Medication', 'Test', 'Habit']);

interface Mention {
  readonly ranked: RankedUnit;
  readonly entity: Entity;
  readonly polarity: 'present' | 'denied';
  /** 1 for the subject's own names, less for related words. */
  readonly weight: number;
}

const OWN_NAME = 0.9;

/** Yes or no to "is there", "any", "did she ever": what the best mentions of the subject say, denial with its words and date. */
export function draftExistence(context: DraftContext): Draft | null {
  const { question, hits } = context;
  if (!question.yesNo || hits.length === 0) return null;
  if (
    ['why', 'family', 'trend', 'when', 'dose', 'summary', 'conflict', 'allergy', 'pgx'].some((kind) =>
      question.asked.has(kind as never),
    )
  )
    return null;
  const mentions = mentionsOf(context);
  if (mentions.length === 0) return null;
  const pool = comparable(mentions, context);
  const polarity = decide(pool, context);
  const agreeing = pool.filter((mention) => mention.polarity === polarity);
  return polarity === 'denied' ? deniedDraft(agreeing, context) : affirmedDraft(agreeing, context);
}

/**
 * Mentions that are weighed against each other: those near the best one where the question names a time, a place or an
 * occasion; the whole chart's where it names only the thing, so that a later or earlier fact is never outscored.
 */
function comparable(mentions: readonly Mention[], { question }: DraftContext): readonly Mention[] {
  const near = mentions.filter(({ ranked }) => ranked.score >= mentions[0]!.ranked.score - 0.35);
  return isPlain(question) ? mentions : near;
}

function isPlain(question: Question): boolean {
  return (
    !isDated(question.window) &&
    question.window.places.length === 0 &&
    question.context.length === 0 &&
    question.subjects.length === 1
  );
}

function mentionsOf(context: DraftContext): Mention[] {
  const all = context.ranked
    .filter(({ coverage }) => coverage >= 0.45)
    .slice(0, 40)
    .flatMap((ranked) => context.hits.flatMap((hit) => mentionsIn(ranked, hit)));
  // "Did the EGD show an ulcer?": what the study found decides, not that the study was done.
  const found = all.filter(({ entity }) => entity.label !== 'Test' && entity.label !== 'Procedure');
  const kept = found.length > 0 && context.hits.length > 1 ? found : all;
  // "Does he smoke?": only what is read as a habit; "packed red cells" only shares letters with packs.
  if (!context.question.asked.has('habit')) return kept;
  const habits = kept.filter(({ entity }) => entity.label === 'Habit');
  return habits.length > 0 ? habits : kept.filter(({ entity }) => !['Procedure', 'Medication'].includes(entity.label));
}

function mentionsIn(ranked: RankedUnit, hit: SubjectHits): Mention[] {
  const { unit } = ranked;
  const match = hit.byUnit.get(unit.index);
  if (match === undefined) return [];
  const [start, end] = [unit.start + unit.words[match.first]!.start, unit.start + unit.words[match.last]!.end];
  return unit.entities
    .filter((entity) => entity.start < end && start < entity.end && ASSERTED.has(entity.label))
    .filter(({ flags }) => !flags.includes('fam') && !flags.includes('hyp') && !flags.includes('unc'))
    .flatMap((entity): Mention[] => {
      const never = entity.label === 'Habit' && NEVER.test(textOfEntity(unit, entity));
      if (never) return [{ ranked, entity, polarity: 'denied', weight: 1 }];
      if (!entity.flags.includes('neg')) return [{ ranked, entity, polarity: 'present', weight: match.weight }];
      const denies = isDenialOf(entity, end, unit);
      return denies ? [{ ranked, entity, polarity: 'denied', weight: match.weight }] : [];
    });
}

const NEVER = /^(?:never|no|non|not|denies|doesn't|does not|abstinent|teetotal)\b/i;

/** What may follow the head of a denied phrase: "no [chest pain] on exertion", but "no [ICD] discharges" denies discharges. */
const AFTER_HEAD =
  /^(?:\W*$|\W*(?:on|of|in|with|at|to|for|from|during|after|or|and|since|hx|history|symptoms?|sx)\b|\W*[(,;])/i;
/** Words that deny taking a drug; "does not affect apixaban" does not. */
const NOT_TAKEN =
  /\b(?:no|not (?:on|taking)|never (?:on|taken|took|had|used)?|denies|without|off|isn't on|nor)\W+(?:\w+\W+){0,2}$/i;

/** Whether a negated phrase denies the very thing that was matched, and not something that it only qualifies. */
function isDenialOf(entity: Entity, matchEnd: number, unit: Unit): boolean {
  const text = unit.note.note.text;
  if (entity.label === 'Medication') return NOT_TAKEN.test(text.slice(unit.start, entity.start));
  if (!AFTER_HEAD.test(text.slice(matchEnd, Math.max(matchEnd, entity.end)))) return false;
  return !/^\s+(?:discharges?|shocks?|therap(?:y|ies)|firings?|malfunction\w*|complications?|recurrences?|progression)\b/i.test(
    text.slice(entity.end, Math.min(unit.end, entity.end + 24)),
  );
}

const EVER = /\b(?:ever|history|hx|h\/o|previous(?:ly)?|prior|past|had|did|was|were)\b/i;

/**
 * A denial by a related word ("numbness" for neuropathy) never stands against the thing itself. "Ever" is yes where any
 * note affirms; else the latest note that speaks of it decides, its best mention first.
 */
function decide(pool: readonly Mention[], { question }: DraftContext): 'present' | 'denied' {
  const present = pool.filter(({ polarity }) => polarity === 'present');
  const denied = pool.filter(({ polarity }) => polarity === 'denied');
  if (denied.length === 0) return 'present';
  if (present.length === 0) return 'denied';
  const direct = denied.filter(({ weight }) => weight >= OWN_NAME);
  if (direct.length === 0 && present.some(({ weight }) => weight >= 0.75)) return 'present';
  if (!isPlain(question)) return majority(pool);
  if (EVER.test(question.corrected)) return 'present';
  const last = Math.max(...pool.map(({ ranked }) => ranked.unit.noteIndex));
  return majority(pool.filter(({ ranked }) => ranked.unit.noteIndex === last));
}

/** The best mention decides unless the others outnumber it. */
function majority(mentions: readonly Mention[]): 'present' | 'denied' {
  const denials = mentions.filter(({ polarity }) => polarity === 'denied').length;
  if (mentions[0]!.polarity === 'denied') return denials * 2 >= mentions.length ? 'denied' : 'present';
  return denials > 2 * (mentions.length - denials) ? 'denied' : 'present';
}

function deniedDraft(mentions: readonly Mention[], context: DraftContext): Draft {
  const claims: DraftClaim[] = [];
  const seen = new Set<string>();
  for (const { ranked, entity } of mentions) {
    const name = capital(textOfEntity(ranked.unit, entity));
    const key = name.toLowerCase();
    if (seen.has(key) || claims.length >= 3) continue;
    seen.add(key);
    const cue = ranked.unit.words.some(({ stem }) => DENIAL_WORDS.has(stem));
    const next = context.index.units[ranked.unit.index + 1];
    const told =
      !cue && next?.noteIndex === ranked.unit.noteIndex && next.words.some(({ stem }) => DENIAL_WORDS.has(stem))
        ? next
        : ranked.unit;
    const quoted = quoteUnit(told, told === ranked.unit ? [entity] : [], 18);
    const lead = claims.length === 0 ? 'No. ' : '';
    claims.push({
      text: inline(`${lead}${name}: denied ${houseDate(ranked.unit.date)} ("${quoted.text}").`),
      citations: [quoted.citation],
      polarity: 'denied',
    });
  }
  return { claims, finding: 'denied', rule: 'denied', confidence: 0.8 };
}

const NOW = /\b(?:now|current(?:ly)?|today|still|at present|at the moment)\b/i;

/** What the last note only suspects of the subject. */
function suspectedClaim(context: DraftContext): DraftClaim | null {
  const last = context.index.chart.notes.length - 1;
  const ranked = context.ranked.find(
    ({ unit }) =>
      unit.noteIndex === last &&
      matchedEntities(unit, context.hits).some(({ flags }) => flags.includes('unc') || flags.includes('neg')),
  );
  return ranked === undefined ? null : { ...quoteClaim(ranked, context), polarity: 'quoted' };
}

function affirmedDraft(mentions: readonly Mention[], context: DraftContext): Draft {
  const units = new Set(mentions.map(({ ranked }) => ranked.unit.index));
  const narrowed = { ...context, ranked: context.ranked.filter(({ unit }) => units.has(unit.index)) };
  const chosen = chooseUnits(narrowed, 3);
  // "Does she have it now?": what only an older note says is told with its date and no yes.
  const stale =
    NOW.test(context.question.corrected) &&
    chosen.every(({ unit }) => unit.noteIndex < context.index.chart.notes.length - 1);
  const lead = stale ? '' : 'Yes.';
  const open = stale ? suspectedClaim(context) : null;
  const quotes = chosen.map((ranked, i) => quoteClaim(ranked, context, i === 0 ? lead : ''));
  const claims = open === null ? quotes : [open, ...quotes].slice(0, 3);
  return { claims, finding: 'affirmed', rule: 'affirmed', confidence: 0.75 };
}
