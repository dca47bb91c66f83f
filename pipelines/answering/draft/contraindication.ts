import type { AllergyFact } from '../../domain/chart.ts';
import type { Subject } from '../question/types.ts';
import { CAUTION_CLASSES, CROSS_REACTIVE_CLASSES } from '../rules.ts';
import { isOf } from './allergy.ts';
import { quoteClaim } from './extract.ts';
import { readTherapyQuestion } from './pgx-asked.ts';
import { draftPgx } from './pgx.ts';
import type { Draft, DraftClaim, DraftContext } from './types.ts';
import { inline, wordCount } from './wording.ts';
import { CLAIMS, WORDS } from './limits.ts';

/** Ways of asking whether a drug may be given, beside those that the therapy rules read. */
const MAY_GIVE =
  /\b(?:any|a|no) (?:reason|problem|issue|harm|objection)s?\b.{0,30}\b(?:giv\w+|start\w*|us(?:e|ing)|prescrib\w+|tak\w+|with)\b|\b(?:can|could|may|should)\b.{0,30}\bbe (?:given|used|prescribed|started)\b|^(?:give|start|prescribe)\b/i;
/** What the notes say of a drug that was taken without harm, or of an allergy taken off the list. */
const TOLERATED =
  /\b(?:tolerat\w+|no (?:rash|reaction|problems?|issues?|hives)|without (?:a )?(?:rash|reaction|problems?|issues?|incident|hives)|de-?label\w*|label (?:was )?removed|not (?:truly )?allergic)\b/i;
const OTHER_KINDS = ['when', 'family', 'trend', 'summary', 'conflict', 'duration', 'count'] as const;
const INTOLERANCE =
  /\b(nausea|vomit\w*|emesis|gi upset|upset|cough|diarrh\w*|constipat\w*|dizz\w*|drows\w*|sedat\w*|myalg\w*|myopath\w*|muscle|cramps?|hyperkal\w*|headache|dyspn\w*)\b/i;

/** How an allergy bears on a drug: the same substance, its class or a cross-reacting member, or a related class. */
type Bearing = 'same' | 'class' | 'related';

interface Contrary {
  readonly fact: AllergyFact;
  readonly bearing: Bearing;
  /** The class that joins them, where one does. */
  readonly shared: string | null;
}

const BEARINGS: readonly Bearing[] = ['same', 'class', 'related'];

/**
 * Whether a drug may be given, where the chart lists an allergy or intolerance to it, to its class or to another member:
 * that leads, and what genes or earlier courses say follows. Also "is she allergic to X?" where only X's class is listed.
 */
export function draftContraindication(context: DraftContext): Draft | null {
  const { question } = context;
  if (OTHER_KINDS.some((kind) => question.asked.has(kind)) || question.verb === 'stop') return null;
  if (question.asked.has('why') && !MAY_GIVE.test(question.corrected)) return null;
  const allergy = question.asked.has('allergy');
  const may = readTherapyQuestion(context)?.manner === 'may' || MAY_GIVE.test(question.corrected);
  if (!allergy && !may) return null;
  if (
    !allergy &&
    /^(is|was|are|does|did|has|had|do)\b.{0,24}\b(on|taking|taken|given|started)\b/i.test(question.corrected)
  )
    return null;
  const drugs = question.subjects.filter(({ kind }) => kind === 'medication' || kind === 'class');
  const [drug] = drugs;
  // "Any stroke that would rule out prasugrel?" asks of the stroke.
  if (drug === undefined || question.subjects.some(({ kind, start }) => kind === 'condition' && start < drug.start))
    return null;
  const found = drugs.flatMap((one) => contraryFor(one, context));
  const [worst] = found.sort((a, b) => BEARINGS.indexOf(a.bearing) - BEARINGS.indexOf(b.bearing));
  if (worst === undefined || (allergy && worst.bearing !== 'class')) return null;

  const against = toleratedClaim(drugs, context);
  if (against !== null && worst.bearing !== 'same')
    return disputedDraft(contraryClaim(worst, allergy, context), against);
  const rest = allergy ? null : draftPgx(context);
  if (worst.bearing === 'same' && /^No: (?:allergy|intoleran)/.test(rest?.claims[0]?.text ?? '')) return rest;
  return {
    claims: withRest(contraryClaim(worst, allergy, context), rest?.claims ?? []),
    finding: worst.bearing === 'related' || allergy ? 'affirmed' : 'denied',
    rule: 'contraindication',
    confidence: 0.85,
  };
}

function contraryFor(drug: Subject, context: DraftContext): Contrary[] {
  return context.chart.allergies
    .filter(({ interpreted, status }) => interpreted && status !== 'removed')
    .flatMap((fact): Contrary[] => {
      const found = bearingOf(drug, fact, context);
      return found === null ? [] : [{ fact, ...found }];
    });
}

function bearingOf(drug: Subject, fact: AllergyFact, context: DraftContext): Omit<Contrary, 'fact'> | null {
  const asked = context.terminology.medication(drug.words) ?? context.terminology.medication(drug.key);
  const listed = context.terminology.medication(fact.substance);
  const ingredients = new Set([...(asked?.ingredients ?? []), drug.key]);
  if ([fact.concept, ...(listed?.ingredients ?? [])].some((name) => ingredients.has(name)) || isOf(drug, fact))
    return { bearing: 'same', shared: null };
  const members = new Set(context.terminology.membersOfClass(fact.substance));
  const askedClasses = new Set([
    ...(asked?.classes ?? []),
    ...[...ingredients].flatMap((name) => context.terminology.medication(name)?.classes ?? []),
    ...(drug.kind === 'class' ? [drug.key] : []),
  ]);
  if (listed?.isClass !== false && (members.has(drug.key) || askedClasses.has(fact.concept)))
    return { bearing: 'class', shared: fact.concept };
  const classes = [...fact.classes, ...(listed?.classes ?? [])];
  const cross = classes.find((name) => CROSS_REACTIVE_CLASSES.has(name) && askedClasses.has(name));
  if (cross !== undefined) return { bearing: 'class', shared: cross };
  const related = classes.find((name) => CAUTION_CLASSES.has(name) && askedClasses.has(name));
  return related === undefined ? null : { bearing: 'related', shared: related };
}

function contraryClaim({ fact, bearing, shared }: Contrary, allergy: boolean, context: DraftContext): DraftClaim {
  const [first, ...more] = fact.evidence;
  const unit = context.index.unitOf(context.index.noteIndexOf.get(first.noteId) ?? 0, first.start);
  const word = INTOLERANCE.test(fact.reaction ?? '') || /intoleran/i.test(unit?.text ?? '') ? 'intolerance' : 'allergy';
  const lead = bearing === 'related' ? 'Caution' : allergy ? 'Yes, by class' : 'No';
  const reaction = fact.reaction === null ? '' : ` (${inline(fact.reaction)})`;
  const tail =
    bearing === 'same'
      ? ''
      : shared === fact.concept
        ? ', the class of the drug asked about'
        : `, of the same class (${shared ?? 'related'})`;
  return {
    text: `${lead}: ${word} to ${inline(fact.substance)}${reaction}${tail}.`,
    citations: [first, ...more.slice(0, 3)],
    polarity: 'quoted',
    computed: ['class'],
  };
}

/** The last sentence that says of the drug itself that it was taken without harm. */
function toleratedClaim(drugs: readonly Subject[], context: DraftContext): DraftClaim | null {
  const unit = context.hits
    .filter(({ subject }) => drugs.includes(subject))
    .flatMap(({ matches }) => matches)
    .findLast(({ unit: { text }, weight }) => weight >= 0.9 && TOLERATED.test(text))?.unit;
  return unit === undefined ? null : { ...quoteClaim({ unit }, context), polarity: 'quoted' };
}

/** An allergy that is listed and a later use without harm: both are told and the person decides. */
function disputedDraft(listed: DraftClaim, against: DraftClaim): Draft {
  const text = `The notes disagree. ${listed.text.replace(/^[\w ,]+: (\w)/, (_, first: string) => first.toUpperCase())}`;
  return {
    claims: [{ ...listed, text }, against],
    finding: 'conflicting',
    rule: 'contraindication',
    confidence: 0.7,
  };
}

/** The contrary claim, then what else is known, without a second yes or no, within the words of one answer. */
function withRest(lead: DraftClaim, rest: readonly DraftClaim[]): DraftClaim[] {
  const claims = [lead];
  let words = wordCount(lead.text);
  for (const claim of rest) {
    if (isRepeat(lead, claim)) continue;
    const text = claim.text.replace(/^(?:yes|no|caution|with changes|same class)[:.,]\s+/i, '');
    words += wordCount(text);
    if (claims.length === CLAIMS || words > WORDS) break;
    claims.push({ ...claim, text: text === '' ? text : text[0]!.toUpperCase() + text.slice(1) });
  }
  return claims;
}

/** A claim of the therapy rules that tells the allergy a second time. */
function isRepeat(lead: DraftClaim, { text, citations }: DraftClaim): boolean {
  const [first] = citations;
  return (
    /^(?:no: |caution: |same class: )?(?:allergy|intolerance|reaction) to /i.test(text) &&
    lead.citations.some((place) => place.quote === first.quote)
  );
}
