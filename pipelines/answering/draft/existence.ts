import { houseDate } from '../text/dates.ts';
import type { RankedUnit, SubjectHits } from '../evidence/rank-units.ts';
import { matchedEntities } from '../evidence/rank-units.ts';
import { isDated } from '../question/time-window.ts';
import { DENIAL_WORDS } from '../rules.ts';
import { alternativesOf, askedHits } from './asked-things.ts';
import type { Mention } from './existence-mentions.ts';
import { mentionsOf, shareOf } from './existence-mentions.ts';
import { chooseUnits, quoteClaim } from './extract.ts';
import type { Draft, DraftClaim, DraftContext } from './types.ts';
import { capital, inline, quoteUnit, QUOTE_WORDS, wordCount } from './wording.ts';
import { WORDS } from './limits.ts';

const OWN_NAME = 0.9;
const CLAIMS = 3;
/** Kinds of asking that a yes or no does not answer. */
const OPEN_KINDS = ['why', 'family', 'trend', 'when', 'dose', 'summary', 'conflict', 'allergy', 'pgx'] as const;

/** Yes or no to "is there", "any", "did she ever": what the best mentions of the subject say, denial with its words and date. */
export function draftExistence(context: DraftContext): Draft | null {
  const { question } = context;
  if (!question.yesNo || context.hits.length === 0) return null;
  if (OPEN_KINDS.some((kind) => question.asked.has(kind))) return null;
  const proposed = draftProposed(context);
  if (proposed !== null) return proposed;
  const asked = askedHits(context);
  if (asked.length === 0) return null;
  const alternatives = alternativesOf(asked, context);
  if (alternatives.length < 2) return draftOne(context, asked);
  return joined(
    alternatives.flatMap((alternative) => {
      const others = new Set(alternatives.filter((other) => other !== alternative));
      return (
        draftOne(
          context,
          asked.filter((hit) => !others.has(hit)),
        ) ?? []
      );
    }),
  );
}

/** "Haematuria or burning?": what is there first, then what is denied, each sentence once. */
function joined(drafts: readonly Draft[]): Draft | null {
  const [first, ...others] = drafts.toSorted((a, b) => Number(a.finding === 'denied') - Number(b.finding === 'denied'));
  if (first === undefined) return null;
  const claims: DraftClaim[] = [...first.claims.slice(0, others.length > 0 ? 2 : CLAIMS)];
  let words = claims.reduce((sum, { text }) => sum + wordCount(text), 0);
  for (const claim of others.flatMap((draft) => draft.claims.slice(0, 1))) {
    const [place] = claim.citations;
    const told = claims.some(({ citations }) => citations.some((other) => other.quote === place.quote));
    const named = told ? claim.text.replace(/ \(".*"\)\.$/, '.') : claim.text;
    const text = first.finding === 'denied' ? named.replace(/^No\. /, '') : named;
    words += wordCount(text);
    if (claims.length < CLAIMS && words <= WORDS && !claims.some((other) => other.text === text))
      claims.push({ ...claim, text });
  }
  return { ...first, claims };
}

function draftOne(context: DraftContext, hits: readonly SubjectHits[]): Draft | null {
  const mentions = mentionsOf(context, hits);
  if (mentions.length === 0) return null;
  const pool = comparable(mentions, context);
  const polarity = decide(pool, context);
  const agreeing = pool.filter((mention) => mention.polarity === polarity);
  const draft = polarity === 'denied' ? deniedDraft(agreeing, context) : affirmedDraft(agreeing, context, hits);
  return draft === null ? null : withContrary(draft, agreeing, pool, context);
}

/** "Denies swelling", and in the same note "1+ edema of both legs": the other side is told too. */
function withContrary(
  draft: Draft,
  agreeing: readonly Mention[],
  pool: readonly Mention[],
  context: DraftContext,
): Draft {
  const [best] = agreeing;
  const contrary = pool.find(
    ({ ranked: { unit }, polarity, weight }) =>
      polarity !== best!.polarity &&
      weight >= 0.75 &&
      unit.noteIndex === best!.ranked.unit.noteIndex &&
      unit.index !== best!.ranked.unit.index,
  );
  if (contrary === undefined || !isPlain(context)) return draft;
  const claim: DraftClaim = { ...quoteClaim(contrary.ranked, context), polarity: 'quoted' };
  const kept = draft.claims.slice(0, CLAIMS - 1);
  const words = [...kept, claim].reduce((sum, { text }) => sum + wordCount(text), 0);
  return words > WORDS ? draft : { ...draft, claims: [...kept, claim] };
}

/**
 * Mentions that are weighed against each other: those near the best one where the question names a time, a place or an
 * occasion; the whole chart's where it names only the thing, so that a later or earlier fact is never outscored.
 */
function comparable(mentions: readonly Mention[], context: DraftContext): readonly Mention[] {
  if (isPlain(context)) return mentions;
  // "Was she hallucinating in ICU?": what is said of that time or place, where anything is.
  const { window } = context.question;
  const fits = ({ ranked }: Mention): boolean =>
    isDated(window) ? ranked.inWindow : window.places.length > 0 && ranked.features['place'] === 1;
  const there = mentions.filter(fits);
  const pool = there.length > 0 ? there : mentions;
  return pool.filter(({ ranked }) => ranked.score >= pool[0]!.ranked.score - 0.35);
}

function isPlain({ question }: DraftContext): boolean {
  return (
    !isDated(question.window) &&
    question.window.places.length === 0 &&
    question.context.length === 0 &&
    question.subjects.length === 1
  );
}

const PROPOSED =
  /\b(?:offer(?:ed)?|declin(?:ed?|es|ing)|refus(?:ed?|es|al)|consider(?:ed)?|discuss(?:ed)?|recommend(?:ed)?|referr?(?:ed|al)?|counsel\w*|consent(?:ed)?|propos(?:ed?|al))\b/i;

/** "Has he been offered an ablation?": the sentence that offers it, although nothing was done. */
function draftProposed(context: DraftContext): Draft | null {
  if (!PROPOSED.test(context.question.corrected)) return null;
  const named = context.hits.filter(({ subject, matches }) => matches.length > 0 && !PROPOSED.test(subject.words));
  if (named.length === 0) return null;
  const telling = context.ranked.filter(
    ({ unit }) => PROPOSED.test(unit.text) && named.every(({ byUnit }) => byUnit.has(unit.index)),
  );
  const chosen = chooseUnits({ ...context, ranked: telling }, 2);
  if (chosen.length === 0) return null;
  const claims = chosen.map((ranked): DraftClaim => ({ ...quoteClaim(ranked, context), polarity: 'quoted' }));
  return { claims, finding: 'affirmed', rule: 'proposed', confidence: 0.7 };
}

const EVER = /\b(?:ever|history|hx|h\/o|previous(?:ly)?|prior|past|had|did|was|were)\b/i;

/**
 * A denial by a related word ("numbness" for neuropathy) never stands against the thing itself. "Ever" is yes where any
 * note affirms; else the latest note that speaks of it decides, its best mention first.
 */
function decide(pool: readonly Mention[], context: DraftContext): 'present' | 'denied' {
  const present = pool.filter(({ polarity }) => polarity === 'present');
  const denied = pool.filter(({ polarity }) => polarity === 'denied');
  if (denied.length === 0) return 'present';
  if (present.length === 0) return 'denied';
  const direct = denied.filter(({ weight }) => weight >= OWN_NAME);
  if (direct.length === 0 && present.some(({ weight }) => weight >= 0.75)) return 'present';
  if (!isPlain(context)) return majority(pool);
  if (EVER.test(context.question.corrected)) return 'present';
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
  let words = 0;
  for (const mention of mentions) {
    const { ranked, name } = mention;
    const key = name.toLowerCase();
    if (seen.has(key) || claims.length >= CLAIMS) continue;
    seen.add(key);
    const cue = ranked.unit.words.findLast(
      ({ stem, end }) => DENIAL_WORDS.has(stem) && ranked.unit.start + end <= mention.end + 40,
    );
    const next = context.index.units[ranked.unit.index + 1];
    const told =
      cue === undefined &&
      next?.noteIndex === ranked.unit.noteIndex &&
      next.words.some(({ stem }) => DENIAL_WORDS.has(stem))
        ? next
        : ranked.unit;
    // The quote keeps the word that denies: without it, it would say the opposite.
    const cueAt = cue === undefined ? [] : [{ start: ranked.unit.start + cue.start, end: ranked.unit.start + cue.end }];
    const focus = told === ranked.unit ? [mention, ...cueAt] : [];
    const quoted = quoteUnit(told, focus, claims.length === 0 ? QUOTE_WORDS : 18);
    const lead = claims.length === 0 ? 'No. ' : '';
    const text = inline(`${lead}${capital(name)}: denied ${houseDate(ranked.unit.date)} ("${quoted.text}").`);
    words += wordCount(text);
    if (claims.length > 0 && words > WORDS) break;
    claims.push({ text, citations: [quoted.citation], polarity: 'denied' });
  }
  return { claims, finding: 'denied', rule: 'denied', confidence: 0.8 };
}

const NOW = /\b(?:now|current(?:ly)?|today|still|at present|at the moment)\b/i;
/** From here on a sentence holds enough of what is asked for a yes. */
const WHOLE = 0.7;

const NORMAL =
  /\b(?:normal\w*|unobstructed|unremarkable|unaffected|uninvolved|unchanged|intact|patent|clear|minor|trivial|neg(?:ative)?|no|not|nil|without|none|wnl)\b/i;

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

function affirmedDraft(
  mentions: readonly Mention[],
  context: DraftContext,
  hits: readonly SubjectHits[],
): Draft | null {
  // "Is she anticoagulated for her AF?": the AF alone says neither yes nor no.
  if (hits.some(({ clinical, matches }) => clinical && matches.length === 0)) return null;
  // "Any mucosal involvement with the rash?": the rash alone says neither yes nor no.
  if (isHeadMissing(context) || isQualifierMissing(context)) return null;
  // "Has he had a colonoscopy?": a caecum on a CT says nothing of one.
  if (hits.every(({ subject }) => subject.kind === 'test') && mentions.every(({ weight }) => weight < OWN_NAME))
    return null;
  const units = new Set(mentions.map(({ ranked }) => ranked.unit.index));
  const narrowed = { ...context, ranked: context.ranked.filter(({ unit }) => units.has(unit.index)) };
  const chosen = chooseUnits(narrowed, CLAIMS);
  const open = isStale(chosen, context) ? suspectedClaim(context) : null;
  const meant = context.hits.filter(({ clinical, matches }) => clinical || matches.length > 0);
  const whole = chosen[0] !== undefined && shareOf(chosen[0].unit, context, meant) >= WHOLE;
  const either = /\bor\b/i.test(context.question.corrected) && hits.length === context.hits.length;
  // A yes by a related word alone needs a sentence without a word of what is normal: "arteries unobstructed" is no yes.
  const byOwnName = mentions.some(({ weight }) => weight >= OWN_NAME);
  const isNormal = !byOwnName && chosen[0] !== undefined && NORMAL.test(chosen[0].unit.text);
  const lead = isStale(chosen, context) || !whole || either || isNormal ? '' : 'Yes.';
  const quotes = chosen.map((ranked, i) => quoteClaim(ranked, context, i === 0 ? lead : ''));
  const claims = open === null ? quotes : [open, ...quotes].slice(0, CLAIMS);
  return { claims, finding: 'affirmed', rule: 'affirmed', confidence: 0.75 };
}

/** "*Carotid* imaging?" where the chart names imaging and no carotid: the word right before the thing stands nowhere. */
function isQualifierMissing({ hits, question }: DraftContext): boolean {
  return hits.some(({ subject, matches }) => {
    if (subject.kind !== 'term' || matches.length > 0) return false;
    const next = hits.find((other) => other.subject.start === subject.end + 1 && other.matches.length > 0);
    return next !== undefined && question.corrected[subject.end] === ' ';
  });
}

/** Whether the first thing that is asked about stands nowhere in the chart, and only what it is asked of does. */
function isHeadMissing({ hits, question }: DraftContext): boolean {
  const [head, ...others] = hits.toSorted((a, b) => a.subject.start - b.subject.start);
  if (head === undefined || others.length === 0 || head.matches.length > 0) return false;
  return ASKS_ANY.test(question.corrected.slice(0, head.subject.start));
}

const ASKS_ANY =
  /^\W*(?:(?:is|are|was|were) there |(?:did|does|do|has|have|had) \w+ (?:have |had |ever |got )*)?(?:any|ever)\W*$/i;

/** "Does she have it now?": what only an older note says is told with its date and no yes. */
function isStale(chosen: readonly RankedUnit[], { question, index }: DraftContext): boolean {
  return NOW.test(question.corrected) && chosen.every(({ unit }) => unit.noteIndex < index.chart.notes.length - 1);
}
