import kinshipRules from '../../rules/answering/1/kinship.json' with { type: 'json' };
import type { TextRange } from '../../domain/span.ts';
import type { Unit } from '../evidence/chart-index.ts';
import { denialAround } from './denial.ts';
import { relativesIn } from './relatives.ts';
import type { DraftContext } from './types.ts';

/** An illness that a question names in other words than notes do, and the words of notes for it and for kinds of it. */
export interface IllnessGroup {
  readonly illness: string;
  readonly asks: RegExp;
  readonly told: RegExp;
  /** Whether every word of `told` is the illness itself: then a denial of it answers. */
  readonly same: boolean;
}

const GROUPS: readonly IllnessGroup[] = kinshipRules.groups.map(({ illness, asks, told, same }) => ({
  illness,
  asks: new RegExp(`(?<![\\w-])(?:${asks})(?![\\w-])`, 'i'),
  told: new RegExp(`(?<![\\w-])(?:${told})(?![\\w-])`, 'gi'),
  same,
}));
const KIN =
  '(?:mother|mom|mum|mam|father|dad|brother|sister|son|daughter|grand(?:mother|father|ma|pa|son|daughter)|aunt|uncle|cousin|nephew|niece|parent|sibling|twin|relative|famil(?:y|ies))s?';
const COMPANIONS = kinshipRules.companion.map((phrase) => new RegExp(`\\b${phrase.replaceAll('KIN', KIN)}`, 'gi'));
const OF_FAMILY =
  /^\W*f\/?hx?\b|\bf\/?hx\b|\b(?:no|nil|neg(?:ative)?|positive|strong|significant) fh\b|\bfamil(?:y|ial) (?:history|hx|h\/o)\b|\b(?:runs?|running) in (?:the|his|her|their)\b|\bin (?:the|his|her) family\b|\brelatives?\b|\b(?:maternal|paternal)(?:ly)?\b|\b[mp]g[mf]\b/i;
const NAMES_KIN = new RegExp(`(?<![\\w-])${KIN}(?![\\w-])`, 'i');

/** Groups that a question asks for, each with the words that ask; of two that share words the first. */
export function groupsAsked(text: string): readonly { readonly group: IllnessGroup; readonly at: TextRange }[] {
  const found: { group: IllnessGroup; at: TextRange }[] = [];
  for (const group of GROUPS) {
    const match = group.asks.exec(text);
    if (match === null) continue;
    const at = { start: match.index, end: match.index + match[0].length };
    if (!found.some((other) => other.at.start < at.end && at.start < other.at.end)) found.push({ group, at });
  }
  return found.sort((a, b) => a.at.start - b.at.start);
}

/**
 * Whether a sentence speaks of the health of relatives: by a flag of the model, its section, words for a family history, or a
 * relative who does more than accompany the patient ("brought in by his sister", "his mother reports").
 */
export function speaksOfRelatives(unit: Unit): boolean {
  if (unit.entities.some(({ flags }) => flags.includes('fam'))) return true;
  if (/family (?:h|illness|medical)|^family|\bfhx?\b/.test(`${unit.section} ${unit.title}`)) return true;
  if (OF_FAMILY.test(unit.text)) return true;
  const alone = COMPANIONS.reduce((text, phrase) => text.replace(phrase, ' '), unit.text);
  return NAMES_KIN.test(alone) || relativesIn(alone).some((one) => one !== 'son' && one !== 'daughter');
}

export interface ToldOf {
  /** Range of the note with the words for the illness. */
  readonly at: TextRange;
  readonly denied: boolean;
}

/** Where a sentence tells of an illness of the group, what is affirmed first. */
export function toldIn(unit: Unit, { told }: Pick<IllnessGroup, 'told'>): ToldOf | null {
  const found = [...unit.text.matchAll(told)].map((match): ToldOf => {
    const at = { start: unit.start + match.index, end: unit.start + match.index + match[0].length };
    return { at, denied: isDeniedAt(unit, at) };
  });
  return found.find(({ denied }) => !denied) ?? found[0] ?? null;
}

function isDeniedAt(unit: Unit, at: TextRange): boolean {
  const marked = unit.entities.filter(({ start, end }) => start < at.end && at.start < end);
  if (marked.some(({ flags }) => flags.includes('neg'))) return true;
  return denialAround(unit.note.note.text, at, unit) === 'denied';
}

/** Whether all that a sentence says of illness is that there is none ("No family history of diabetes"). */
export function onlyDenies(unit: Unit): boolean {
  const ill = unit.entities.filter(({ label }) => label === 'Condition' || label === 'Finding');
  if (ill.length > 0) return ill.every(({ flags }) => flags.includes('neg'));
  return /^\W*(?:no|nil|neg(?:ative)?|there is no|denies)\b|\b(?:no|nil|negative) (?:fhx?|family)\b/i.test(unit.text);
}

const SAME =
  /\b(?:the same|this|(?:his|her|their)) (?:\w+ ){0,2}?(?:conditions?|diseases?|illness(?:es)?|disorders?|problems?|diagnos[ie]s|thing)\b|\bwhat (?:he|she) has\b/i;

/** "Anyone else with the same condition?": the words of the patient's own diagnoses, as a group; null where not asked so. */
export function sameIllness({ question, chart }: DraftContext): IllnessGroup | null {
  if (!SAME.test(question.corrected)) return null;
  const names = chart.problems
    .filter(({ kind, relative, status }) => kind === 'condition' && relative === null && status === 'active')
    .map(({ display }) => display.trim())
    .filter((name) => name.length > 2);
  if (names.length === 0) return null;
  const words = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  return {
    illness: 'the same illness',
    asks: SAME,
    told: new RegExp(`(?<![\\w-])(?:${words})(?![\\w-])`, 'gi'),
    same: true,
  };
}
