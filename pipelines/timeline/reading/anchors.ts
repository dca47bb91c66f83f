import type { IsoDate } from '#pipelines/domain/ids.ts';
import { readAbsolute } from '../dates/absolute.ts';
import { addDays } from '../dates/partial-date.ts';
import type { TimeContext } from '../dates/time-context.ts';
import { WORDS, alternatives } from '../words.ts';

const { admissionLabels, dischargeLabels, surgeryLabels } = WORDS.clinical;
const labelled = (labels: readonly string[]): RegExp =>
  new RegExp(
    `(?<!\\p{L})(?:${alternatives(labels)})(?!\\p{L})[ \\t]*(?:date|on|to hospital|to ward)?[ \\t]*[:\\-]?[ \\t]*([^\\n]{0,30})`,
    'giu',
  );
const ADMISSION = labelled(admissionLabels);
const DISCHARGE = labelled(dischargeLabels);
const SURGERY = labelled(surgeryLabels);
const HOSPITAL_DAY = /\b(?:hospital day|hosp day|hd|day of admission)\s*#?\s*(\d{1,2})\b/i;
const POST_OP_DAY = /\b(?:pod|post-?op(?:erative)? day|p\.o\.d\.)\s*#?\s*(\d{1,2})\b|\bday (\d{1,2}) post[ -]?op/i;
/** How far into a note its own day of stay is looked for, in code units. */
const HEAD = 400;

/** Days that other times of a note are reckoned from. */
export interface Anchors {
  readonly admission: IsoDate | null;
  readonly discharge: IsoDate | null;
  readonly surgery: IsoDate | null;
}

/** Finds admission, discharge and surgery dates that a note states, or implies by "hospital day 2" at its head. */
export function findAnchors(text: string, context: TimeContext): Anchors {
  const head = text.slice(0, HEAD);
  const stay = HOSPITAL_DAY.exec(head);
  const postOp = POST_OP_DAY.exec(head);
  return {
    admission:
      dateAfter(ADMISSION, text, context) ?? (stay === null ? null : addDays(context.noteDate, 1 - Number(stay[1]))),
    discharge: dateAfter(DISCHARGE, text, context),
    surgery:
      dateAfter(SURGERY, text, context) ??
      (postOp === null ? null : addDays(context.noteDate, -Number(postOp[1] ?? postOp[2]))),
  };
}

function dateAfter(label: RegExp, text: string, context: TimeContext): IsoDate | null {
  for (const match of text.matchAll(label)) {
    const start = /^[^\d]{0,12}\d[^a-z]*|^[^\d]{0,4}[A-Za-z]{3,9} \d[^a-z]*/.exec(match[1]!)?.[0];
    const when = start === undefined ? null : readAbsolute(match[1]!.toLowerCase().slice(0, 24), context);
    if (when?.precision === 'day' && when.start !== null && when.start <= addDays(context.noteDate, 1))
      return when.start;
  }
  return null;
}
