import type { Entity } from '#pipelines/domain/entity.ts';
import type { NoteCitation } from '#pipelines/domain/evidence.ts';
import { WORDS, alternatives } from '../words.ts';
import type { NoteView } from './note-view.ts';

const FORMER = new RegExp(
  `(?:^|[^\\p{L}])(?:${alternatives(WORDS.medication.formerDose)})(?:[ \\t]+(?:of|on|at))?[ \\t]*$`,
  'iu',
);
const LOADING = /^[ \t]*(?:iv |po )?(?:load\p{L}*|bolus\p{L}*|stat|given(?=,? then)|x ?1\b|once\b|(?:,|;)? ?then)/iu;
/** A dose told by its relation to another: no amount. */
const RELATIVE =
  /^(?:an? |the |his |her |their )?(?:same|lower|higher|reduced|increased|previous|prior|usual|home|current|new|different)[ -]dos(?:e|es|age)$/i;
const UNIT = 'mg|mcg|micrograms?|µg|ug|g|units?|iu|ml|meq|mmol|puffs?|tabs?|tablets?';
/** Units that measure drugs more than results. */
const DRUG_UNIT = 'mg|mcg|micrograms?|µg|ug|g|units?';
/** An amount in the blood, which is no dose: "clozapine 0.41 mg/L". */
export const CONCENTRATION = /\d\s?(?:(?:[nmµu]c?g|ng|pg|g|[nmµu]mol|mmol|meq)\/d?l|(?:ng|pg|mcg|µg|ug)\/ml)\b/i;
const FREQUENCIES = 'od|bd|bid|tds|tid|qid|qds|qd|daily|nocte|mane|qhs|hs|qam|qpm';
const AMOUNT = `(\\d[\\d.,]*\\d|\\d)([ \\t]?(?:${UNIT})(?:\\/[a-z0-9]+)*\\b)?`;
/** What an arrow behind a dose leads to: "100 -> 150 BID", "2.5 mg → 5 mg". */
const RAISED = new RegExp(`^[ \\t]*(?:->|→|⇒|-{1,2}>|=>|>{1,3})[ \\t]*${AMOUNT}`, 'i');
/** "180 BID, now 360 BID": the second is in force. */
const NOW = new RegExp(
  `^[ \\t]*(?:(?:${FREQUENCIES})\\b)?[ \\t]*[,;(][ \\t]*(?:now|currently)[ \\t]+(?:on[ \\t]+|at[ \\t]+)?${AMOUNT}`,
  'i',
);
/** "Up to 22.5 mg in May for low mood; now 30 mg hs": further on in its sentence. */
const NOW_LATER = new RegExp(
  `^[^.\\n]{0,70}?[,;(][ \\t]*(?:now|currently)[ \\t]+(?:on[ \\t]+|at[ \\t]+)?(\\d[\\d.,]*\\d|\\d)([ \\t]?(?:${DRUG_UNIT})\\b)(?!\\/)`,
  'i',
);
/** "1 TID up to 2 TID; faint at 2, so 1.5 TID now", "5 to 4 mg now": the amount before "now" is in force. */
const NOW_BEHIND = new RegExp(
  `^[^.\\n]{0,80}?[ \\t(](\\d[\\d.,]*\\d|\\d)([ \\t]?(?:${DRUG_UNIT})\\b)?[ \\t]*((?:${FREQUENCIES})[ \\t]+)?now\\b`,
  'i',
);
/** A number right behind a name that a frequency makes a dose: "clozapine 275 nocte". */
const COUNTED = /^[ \t]*(\d[\d.,]*)(?=[ \t]*(?:od|bd|bid|tds|tid|qid|qds|qd|daily|nocte|mane|qhs|hs|qam|qpm|on|om)\b)/i;
/** A strength right behind a name: "amlodipine 5mg od". */
const STRENGTH = new RegExp(
  `^[ \\t]*(?:\\(|,|-)?[ \\t]*(\\d[\\d.,]*(?:[-/]\\d[\\d.,]*)*[ \\t]?(?:${UNIT}|drops?|%)(?:\\/[a-z0-9]+)*)(?![\\p{L}\\d])`,
  'iu',
);
/** How far a part of a regimen may stand from its drug where nothing links the two, in code units. */
const REACH = 40;
const PARTS = ['Dose', 'Route', 'Frequency', 'Duration'] as const;
type Part = (typeof PARTS)[number];

/** How a medication is taken, verbatim. */
export interface Regimen {
  readonly dose: string | null;
  readonly route: string | null;
  readonly frequency: string | null;
  readonly duration: string | null;
  readonly evidence: readonly NoteCitation[];
}

/**
 * Collects dose, route, frequency and duration of a mention: those that the model links to it, else those that follow it on
 * its line before the next drug ("lisinopril 20 mg daily"), else a dose right before it ("20 mg of lisinopril").
 */
export function regimenOf(view: NoteView, drug: Entity): Regimen {
  const isStated = (entity: Entity): boolean =>
    entity.label !== 'Dose' || !(RELATIVE.test(view.words(entity)) || CONCENTRATION.test(view.words(entity)));
  const linked = view.dependents(drug.id, 'of').filter(isStated);
  const near = nearby(view, drug).filter(isStated);
  const chosen = new Map<Part, Entity>();
  for (const part of PARTS) {
    const options = linked.filter(({ label }) => label === part);
    const entity = choose(view, options.length > 0 ? options : near.filter(({ label }) => label === part), part);
    if (entity !== undefined) chosen.set(part, entity);
  }
  const words = (part: Part): string | null => {
    const entity = chosen.get(part);
    return entity === undefined ? null : view.words(entity);
  };
  const stated = chosen.get('Dose');
  return {
    dose: (stated && changeOf(view, stated)?.to) ?? words('Dose') ?? bareDose(view, drug),
    route: ofDay(words('Route')),
    frequency: words('Frequency'),
    duration: words('Duration'),
    evidence: PARTS.flatMap((part) => (chosen.has(part) ? [view.cite(chosen.get(part)!)] : [])),
  };
}

/** "Mane", which the model may take for a route, says when. */
function ofDay(words: string | null): string | null {
  return words !== null && /^(?:mane|nocte|am|pm|hs|qhs|noon|bd|bid|tds|tid|od|daily)$/i.test(words.trim())
    ? null
    : words;
}

/** A dose and what an arrow behind it makes of it; null where none stands there. */
export function changeOf(view: NoteView, dose: Entity): { readonly from: string; readonly to: string } | null {
  const behind = view.text.slice(dose.end, dose.end + 30);
  const match = RAISED.exec(behind) ?? NOW.exec(behind) ?? nowLater(view, dose);
  return match === null ? null : { from: view.words(dose), to: `${match[1]!}${match[2] ?? ''}` };
}

function nowLater(view: NoteView, dose: Entity): RegExpExecArray | null {
  const behind = view.text.slice(dose.end, Math.min(view.lineAt(dose.end).end, dose.end + 110));
  const match = NOW_LATER.exec(behind) ?? NOW_BEHIND.exec(behind);
  // A bare number before "now" may count anything: a unit or a frequency makes it an amount.
  if (match === null || (match[2] ?? match[3]) === undefined) return null;
  const between = view.within({ start: dose.end, end: dose.end + match[0].length });
  // Behind another drug or a test ("glucose 8 mmol now"), the number is theirs.
  return between.some(({ label }) => label === 'Medication' || label === 'Test') ? null : match;
}

/** Of several doses, the one in force: not the former one ("from 20 mg", "was 40 mg"), not the loading dose. */
function choose(view: NoteView, options: readonly Entity[], part: Part): Entity | undefined {
  if (part !== 'Dose' || options.length < 2) return options[0];
  // The 100 of "U-100" is how strong the insulin is.
  options = options.filter((dose) => !/\bU-?$/.test(view.text.slice(dose.start - 2, dose.start)));
  const inForce = options.filter((dose) => !FORMER.test(view.text.slice(Math.max(0, dose.start - 25), dose.start)));
  const maintenance = inForce.filter((dose) => !LOADING.test(view.text.slice(dose.end, dose.end + 20)));
  return maintenance[0] ?? inForce[0] ?? options.at(-1);
}

function nearby(view: NoteView, drug: Entity): Entity[] {
  const line = view.lineAt(drug.start);
  const around = view.within(line);
  const free = (entity: Entity): boolean => view.targets(entity.id, 'of').length === 0;
  const after: Entity[] = [];
  let end = drug.end;
  for (const entity of around.filter(({ start }) => start >= drug.end)) {
    if (
      entity.label === 'Medication' ||
      entity.start - end > REACH ||
      /[.;]\s/.test(view.text.slice(end, entity.start))
    )
      break;
    if ((PARTS as readonly string[]).includes(entity.label) && free(entity)) after.push(entity);
    end = entity.end;
  }
  if (after.some(({ label }) => label === 'Dose')) return after;
  const before = around.filter((entity) => entity.end <= drug.start).at(-1);
  const isBefore =
    before?.label === 'Dose' &&
    free(before) &&
    /^\s*(?:of\s+|iv\s+|po\s+)?$/i.test(view.text.slice(before.end, drug.start));
  return isBefore ? [...after, before] : after;
}

/** A strength right behind the name that the model did not mark: "amlodipine 5mg od". */
function bareDose(view: NoteView, drug: Entity): string | null {
  const behind = view.text.slice(drug.end, drug.end + 30);
  return STRENGTH.exec(behind)?.[1] ?? COUNTED.exec(behind)?.[1] ?? null;
}
