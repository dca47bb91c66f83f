import type { AllergyFact, Chart, MedicationFact } from '../../domain/chart.ts';
import type { TherapyAdvice } from '../../domain/pgx.ts';
import type { Terminology } from '../../contracts/terminology.ts';
import type { AskedDrug } from './drugs.ts';
import { isSameDrug } from './drugs.ts';

type ChartItem = TherapyAdvice['chartItems'][number];

const ADVERSE =
  /\b(?:rash|hives|urticaria|anaphyl\w*|angio-?edema|itch\w*|bleed\w*|hemorrhag\w*|haemorrhag\w*|myalg\w*|myopath\w*|rhabdo\w*|muscle|intoleran\w*|side[- ]effects?|adverse|toxic\w*|reaction|hypersensitiv\w*|sjs|ten|dress|stevens|cough|nause\w*|vomit\w*|diarrh\w*|dizz\w*|sedat\w*|hypotens\w*|bradycard\w*|syncop\w*|hepat\w*|lft\w*|neutropeni\w*|leukopeni\w*|cytopeni\w*|hyperkal\w*|hyponatr\w*|qt\w*|seroton\w*|tremor|confus\w*|hallucin\w*|overdose)\b/i;
const FAILURE =
  /\b(?:ineffective|fail\w*|no (?:effect|response|benefit|relief)|lack of|not (?:work\w*|help\w*|effective)|did(?:n't| not) (?:work|help))\b/i;
const INTOLERANCE =
  /\b(?:intoleran\w*|upset|nause\w*|vomit\w*|diarrh\w*|cough|dizz\w*|headache|fatigue|myalg\w*|cramps?|constipat\w*|sedat\w*|drows\w*|insomnia)\b/i;
const GRAVE =
  /\b(?:anaphyl\w*|angio-?edema|hives|urticaria|rash|sjs|stevens|ten|dress|bronchospasm|swelling|myopath\w*|rhabdo\w*|bleed\w*|h(?:a)?emorrhag\w*|agranulocyt\w*|hepatotox\w*|seroton\w*)\b/i;

/** Allergies, intolerances, earlier stops and present use that bear on a drug; contrary ones first. */
export function chartItems(
  chart: Chart,
  drug: AskedDrug,
  terminology: Pick<Terminology, 'membersOfClass'>,
): readonly ChartItem[] {
  const items = [
    ...chart.allergies
      .filter((allergy) => bearsOn(allergy, drug, terminology))
      .map((allergy) => (isToDrug(allergy, drug, terminology) ? allergyItem(allergy) : ofClass(allergy))),
    ...chart.medications.flatMap((medication) => medicationItems(medication, drug)),
  ];
  return [...items].sort((a, b) => Number(b.contrary) - Number(a.contrary));
}

/** The allergy is to the drug, to an ingredient or to its class. */
function isToDrug(allergy: AllergyFact, drug: AskedDrug, terminology: Pick<Terminology, 'membersOfClass'>): boolean {
  const names = [allergy.substance, allergy.concept, ...allergy.concept.split('/')].map((name) => name.toLowerCase());
  if (names.some((name) => drug.generics.includes(name) || drug.classes.includes(name))) return true;
  const members = names.flatMap((name) => terminology.membersOfClass(name));
  return members.some((member) => drug.generics.includes(member));
}

/** As `isToDrug`, or to another drug of its closest class. */
function bearsOn(allergy: AllergyFact, drug: AskedDrug, terminology: Pick<Terminology, 'membersOfClass'>): boolean {
  if (isToDrug(allergy, drug, terminology)) return true;
  const closest = allergy.classes[0];
  return closest !== undefined && drug.classes[0] === closest;
}

/** An allergy to another drug of the class speaks against this one where the reaction was grave, or is not stated. */
function ofClass(allergy: AllergyFact): ChartItem {
  const contrary = allergy.reaction === null || GRAVE.test(allergy.reaction);
  return { ...allergyItem(allergy), contrary, ofClass: true };
}

function allergyItem(allergy: AllergyFact): ChartItem {
  const reaction = allergy.reaction === null ? '' : `: ${allergy.reaction}`;
  const isIntolerance =
    allergy.reaction !== null && INTOLERANCE.test(allergy.reaction) && !GRAVE.test(allergy.reaction);
  return {
    kind: isIntolerance ? 'intolerance' : 'allergy',
    text: `${isIntolerance ? 'intolerance' : 'allergy'} to ${allergy.substance}${reaction}`,
    contrary: true,
    evidence: allergy.evidence[0],
  };
}

function medicationItems(medication: MedicationFact, drug: AskedDrug): readonly ChartItem[] {
  const same = isSameDrug(medication, drug);
  const sameClass = medication.classes[0] !== undefined && medication.classes[0] === drug.classes[0];
  if (!same && !sameClass) return [];
  if (same && medication.status === 'active') return [currentItem(medication)];
  const stop = medication.steps.filter((step) => step.action === 'stop').at(-1);
  const reason = stop?.reason ?? medication.stopReason;
  const isStopped = stop !== undefined || medication.status === 'stopped';
  if (medication.status === 'allergy' && same) {
    return [
      {
        kind: 'allergy',
        text: `reaction to ${medication.display} recorded`,
        contrary: true,
        evidence: medication.evidence[0],
      },
    ];
  }
  if (!isStopped || (same ? false : reason === null || !GRAVE.test(reason))) return [];
  const contrary = reason !== null && (ADVERSE.test(reason) || FAILURE.test(reason));
  const day = stop?.when.start ?? medication.stop?.start ?? null;
  const text = `${medication.display} stopped${day === null ? '' : ` ${day}`}${reason === null ? ', no reason stated' : `: ${reason}`}`;
  return [
    {
      kind: 'stopped',
      text,
      contrary,
      ...(same ? {} : { ofClass: true as const }),
      evidence: stop?.reasonEvidence ?? stop?.evidence[0] ?? medication.evidence[0],
    },
  ];
}

function currentItem(medication: MedicationFact): ChartItem {
  const dose = [medication.dose, medication.route, medication.frequency].filter((part) => part !== null).join(' ');
  return {
    kind: 'current',
    text: `taken now${dose === '' ? '' : `: ${dose}`}`,
    contrary: false,
    evidence: medication.evidence[0],
  };
}
