import type { MedicationStep } from '#pipelines/domain/chart.ts';
import type { Entity } from '#pipelines/domain/entity.ts';
import { WORDS, alternatives, anyOf } from '../words.ts';
import type { NoteView } from './note-view.ts';
import type { MedicationPlace } from './reading.ts';
import { changeOf } from './regimen.ts';

type Action = MedicationStep['action'] | 'allergy';

const FILLER =
  '(?:[ \\t]+(?:the|her|his|your|their|home|oral|iv|po|on|with|at|to|taking|of|back|all|both|low[- ]dose|current|same|new|as|outpatient|usual|scheduled|inpatient|prn|a|an|up))*';
/** Cues that stand right before a drug ("stop lisinopril", "started him on apixaban"). */
const BEFORE = cues(
  WORDS.medication.actionsBefore,
  (words) => `(?<![\\p{L}\\p{N}])(?:${words})(?:[ \\t]+(?:him|her|them|pt|patient|me))?${FILLER}[ \\t]*[:\\-]?[ \\t]*$`,
);
/** Cues that stand right behind a drug or its regimen ("lisinopril 20 mg daily was stopped"). */
const AFTER = cues(
  WORDS.medication.actionsAfter,
  (words) =>
    `^(?:[ \\t]*[(,:;\\-]*[ \\t]*)(?:(?:was|were|is|has been|have been|being|now|then|order|drip|tablets?|patch|infusion|gtt|therapy|[\\d.,]+[ \\t]?(?:mg|mcg|g|units?)|po|iv|daily|bid|tid|nightly)[ \\t]+)*(?:${words})(?![\\p{L}\\p{N}])`,
);
const AWAY = BEFORE.filter(([action]) => action === 'stop' || action === 'hold').map(([, pattern]) => pattern);
const ORDERS = BEFORE.filter(([action]) => action === 'start' || action === 'resume').map(([, pattern]) => pattern);
const CONDITIONAL_ORDER = anyOf(WORDS.medication.conditionalOrder);
const NEGATED = new RegExp(`(?<![\\p{L}'])(?:${alternatives(WORDS.medication.negatedCue)})[ \\t]*$`, 'iu');
const CONDITIONAL = new RegExp(
  `^[^.;,]{0,25}?(?<!\\p{L})(?:${alternatives(WORDS.medication.conditionalAfter)})(?!\\p{L})`,
  'iu',
);
/** Words before "stop" that put it into the future. */
const LATER = new RegExp(`(?<![\\p{L}'])(?:${alternatives(WORDS.medication.laterBefore)})[ \\t]*$`, 'iu');
/** "Will try to drop X first": a stop that only the reader sees, said of another day. */
const WILL =
  /\b(?:will (?:try|aim|attempt|look|plan|likely|probably|consider)|try(?:ing)? to|hop\w+ to|aim\w* to|plan\w* to|consider\w*|could|might|may|eventually)\b[^.;,\n]{0,25}$/i;
/** The form of an order ("stop"), not of a report ("stopped"). */
const ORDERED = /^[^\p{L}]*(?:stop|hold|discontinue|d\/c|dc|cease|withhold|taper|wean)(?![\p{L}'])/iu;
/** "… through March, then stop": said behind the drug. */
const STOPS_LATER = new RegExp(
  `^[^.;\\n]{0,40}?(?<!\\p{L})(?:through|until|till|thru)(?!\\p{L})[^.;\\n]{0,40}?(?<!\\p{L})(?:then|and then)[ \\t]+(?:likely |probably |can |will )?(?:stop|discontinue|d/c|off|cease|hold)(?!\\p{L})`,
  'iu',
);
/** "Apixaban 5 BID (old list, not taking)": further on in the bracket behind a listed drug. */
const LISTED_ONLY =
  /^(?:[^,;.()\n]|\.\d){0,30}\([^()\n]{0,60}?(?<!\p{L})(?:not (?:currently |actually |really )?taking|no longer (?:taking|takes|taken|on)|isn't taking|not taken)(?!\p{L})/iu;
const BETWEEN = /^[ \t]*(?:,|and|&|\/|\+|or)?[ \t]*(?:and)?[ \t]*$/i;

/**
 * What the note does with a medication: words right beside it first, since they are surest; then what the model reads; then
 * the list that it stands in.
 */
export function actionOf(view: NoteView, drug: Entity, place: MedicationPlace): Action | null {
  if (drug.action === 'allergy') return 'allergy';
  if (drug.flags.includes('neg')) return null;
  if (isConditional(view, drug)) return whileConditional(view, drug, place);
  const words = cueBeside(view, drug);
  const action =
    words ??
    drug.action ??
    (place === 'home-list' || place === 'discharge-list' || place === 'inpatient-list' ? 'continue' : null);
  if ((action === 'start' || action === 'resume') && drug.flags.includes('hyp'))
    return isOrder(view, drug) ? action : 'plan';
  if ((action === 'increase' || action === 'decrease') && isForLater(view, drug)) return 'plan';
  return byArrow(view, drug, action);
}

/** "100 -> 150 BID": the numbers say which way, whatever the words were taken for. */
function byArrow(view: NoteView, drug: Entity, action: Action | null): Action | null {
  if (action === null || action === 'stop' || action === 'hold' || action === 'plan') return action;
  const change = view
    .dependents(drug.id, 'of')
    .filter(({ label }) => label === 'Dose')
    .flatMap((dose) => changeOf(view, dose) ?? [])[0];
  if (change === undefined) return action;
  const [from, to] = [amountOf(change.from), amountOf(change.to)];
  // "1 g -> 500": no one says of what.
  if (from === null || to === null || from.size === to.size || (to.unit ?? 'mg') !== (from.unit ?? to.unit ?? 'mg'))
    return action;
  return to.size > from.size ? 'increase' : 'decrease';
}

function amountOf(words: string): { readonly size: number; readonly unit: string | null } | null {
  const match = /(\d[\d.,]*)\s*([a-zµ]+)?/i.exec(words);
  const size = Number(match?.[1]?.replaceAll(',', '').replace(/\.$/, ''));
  return size > 0 ? { size, unit: match![2]?.toLowerCase() ?? null } : null;
}

/** "Start X 5 mg daily" at the head of a clause, with a dose and without a condition: done by being written. */
export function isOrder(view: NoteView, drug: Entity): boolean {
  const line = view.lineAt(drug.start);
  const before = view.text.slice(Math.max(line.start, drug.start - 60), drug.start);
  const cue = ORDERS.map((pattern) => pattern.exec(before)).find((match) => match !== null);
  if (cue === undefined || !/(?:^|[.;:)\]]|^\s*[-*•]|\d[.)])\s*$/.test(before.slice(0, cue.index))) return false;
  const clause = /^[^.;\n]*/.exec(view.text.slice(drug.end, line.end))![0];
  const hasDose = view.dependents(drug.id, 'of').some(({ label }) => label === 'Dose' || label === 'Frequency');
  return hasDose && !CONDITIONAL_ORDER.test(clause);
}

/** "Do not stop X", "hold X if vomiting", "then likely stop X": an instruction for another day, which changes nothing now. */
function isConditional(view: NoteView, drug: Entity): boolean {
  const line = view.lineAt(drug.start);
  const before = view.text.slice(Math.max(line.start, drug.start - 60), drug.start);
  const after = view.text.slice(drug.end, Math.min(line.end, drug.end + 100));
  const cue = AWAY.map((pattern) => pattern.exec(before)).find((match) => match !== null);
  if (cue !== undefined && NEGATED.test(before.slice(0, cue.index))) return true;
  if (cue !== undefined && LATER.test(before.slice(0, cue.index)) && ORDERED.test(cue[0])) return true;
  if (cue === undefined && (STOPS_LATER.test(after) || (drug.action === 'stop' && WILL.test(before)))) return true;
  const away = cue !== undefined || drug.action === 'stop' || drug.action === 'hold';
  return away && CONDITIONAL.test(after.slice(0, 40));
}

/** What stays true of a drug whose stop or hold lies ahead: "75 mg daily through 1/10, then stop" is taken until then. */
function whileConditional(view: NoteView, drug: Entity, place: MedicationPlace): Action | null {
  if (drug.action !== 'stop' && drug.action !== 'hold') return drug.action;
  const listed = place === 'home-list' || place === 'discharge-list' || place === 'inpatient-list';
  const dosed = view.dependents(drug.id, 'of').some(({ label }) => label === 'Dose');
  return listed || dosed ? 'continue' : null;
}

/** "If still quiet in June will step down to X 1 puff": a change that waits for something. */
function isForLater(view: NoteView, drug: Entity): boolean {
  const { start } = view.sentenceAt(drug.start);
  const before = view.text.slice(Math.max(start, drug.start - 100), drug.start);
  return /\b(?:if|once|when|unless)\b[^.;]*\b(?:will|would|can|could|may|might|then|consider|plan|step)\b[^.;]*$/i.test(
    before,
  );
}

function cueBeside(view: NoteView, drug: Entity): Action | null {
  const line = view.lineAt(drug.start);
  const before = view.text.slice(Math.max(line.start, drug.start - 60), drug.start);
  const own = firstCue(BEFORE, before);
  const conjoined = own ?? cueOfList(view, drug);
  const behind = view.text.slice(drug.end, Math.min(line.end, drug.end + 100));
  const after = firstCue(AFTER, behind.slice(0, 60)) ?? (LISTED_ONLY.test(behind) ? 'stop' : null);
  // "Continue" in front yields to a change behind it; a change in front stands.
  if (conjoined === null || (conjoined === 'continue' && after !== null && after !== 'continue'))
    return agree(after, drug);
  return agree(conjoined, drug);
}

/** A cue alone overrules the model only where the model read nothing or something of the same direction. */
function agree(cue: Action | null, drug: Entity): Action | null {
  if (cue === null || drug.action === null) return cue;
  if (cue === 'resume' && drug.action === 'start') return 'resume';
  if (cue === 'continue' || cue === 'start') return drug.action;
  if (drug.action === 'continue' && (cue === 'stop' || cue === 'hold')) return cue;
  return drug.action;
}

/** "Stop warfarin and ibuprofen": the cue before the first drug holds for those joined to it. */
function cueOfList(view: NoteView, drug: Entity): Action | null {
  const line = view.lineAt(drug.start);
  const drugs = view.within(line).filter(({ label, end }) => label === 'Medication' && end <= drug.start);
  let right = drug.start;
  for (const earlier of drugs.reverse()) {
    if (!BETWEEN.test(view.text.slice(earlier.end, right))) return null;
    const cue = firstCue(BEFORE, view.text.slice(Math.max(line.start, earlier.start - 60), earlier.start));
    if (cue !== null) return cue;
    right = earlier.start;
  }
  return null;
}

function firstCue(patterns: readonly (readonly [Action, RegExp])[], text: string): Action | null {
  return patterns.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}

function cues(
  lists: Readonly<Record<string, readonly string[]>>,
  pattern: (words: string) => string,
): (readonly [Action, RegExp])[] {
  return Object.entries(lists).map(
    ([action, words]) => [action as Action, new RegExp(pattern(alternatives(words)), 'iu')] as const,
  );
}
