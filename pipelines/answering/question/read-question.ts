import type { MedicationVerb } from '../rules.ts';
import { ACTION_WORDS, FOLLOW_UP, KIND_PATTERNS, LIKE_RELATIVE, OPEN_WORD, YES_NO } from '../rules.ts';
import { wordsOf } from '../text/words.ts';
import { isDayFirst } from '../evidence/day-first.ts';
import { correctSpelling } from './correct.ts';
import { inherit, withoutMeasureWords } from './follow-up.ts';
import type { ReadingContext } from './reading-context.ts';
import { findSubjects, withKin } from './subjects.ts';
import { readWindow } from './time-window.ts';
import type { Asked, Question, Subject } from './types.ts';

/** Reads a question: how it asks, about what, and of what time. Never fails: what is not understood stays as plain words. */
export function readQuestion(text: string, context: ReadingContext): Question {
  const alone = readAlone(text, context);
  const last = context.previous.at(-1);
  if (last === undefined) return alone;
  const earlier = readQuestion(last.question, { ...context, previous: context.previous.slice(0, -1).slice(-3) });
  return inherit(withoutMeasureWords(alone), earlier, last.answer, context);
}

/** "Was her paroxetine stopped - why?": the word that asks is put in front, where rules and models look for it. */
const ASKS_LAST = /^(.*\S)\s*[-–—,]\s*(how|why|when|what|who|where)\s*\?*$/is;

function readAlone(text: string, { index, terminology }: ReadingContext): Question {
  const corrected = correctSpelling(text.trim(), index, terminology).replace(ASKS_LAST, '$2 $1?');
  const asked = new Set<Asked>();
  for (const { kind, pattern } of KIND_PATTERNS)
    if (pattern.test(kind === 'family' ? corrected.replace(LIKE_RELATIVE, ' ') : corrected)) asked.add(kind as Asked);
  const verb = verbOf(corrected, asked);
  // "Why was that *cut* back?": what was done, not what it was done to.
  const isVerb = ({ kind, key }: Subject): boolean => kind === 'term' && verb !== null && ACTION_WORDS[verb].has(key);
  const all = findSubjects(corrected, index, terminology).filter((subject) => !isVerb(subject));
  const { subjects, context, order, occasionOnly } = partByOccasion(corrected, all);
  const measured = subjects.some(({ kind }) => kind === 'test' || kind === 'panel');
  if (measured && /\bhistory\W*$|^history of\b/i.test(corrected)) asked.add('trend');
  return {
    text,
    corrected,
    asked,
    yesNo: YES_NO.test(corrected) || isTerse(corrected, subjects, asked),
    verb,
    subjects,
    context: context.map((subject) => withKin(subject, index, true)),
    order,
    occasionOnly,
    genes: all.filter(({ kind }) => kind === 'gene').map(({ words }) => words.toUpperCase()),
    window: readWindow(corrected, index.chart.asOf, isDayFirst(index.chart)),
    followUp: FOLLOW_UP.test(corrected.trim()),
  };
}

const OCCASION =
  /\b(before|after|during|since|around|following|prior to|until|at the time of|while|when (?:he|she|they|pt|the patient|found)|on (?:admission|arrival|discharge|presentation|pod ?\d+)|in (?:the )?(?:ed|er|icu|itu|hospital|clinic|a&e|ward)\b|by the (?:morning|evening|day|time) of|the (?:day|morning) (?:of|before|after)|at (?:the )?(?:time of )?(?:\w+ ){0,3}(?:visit|discharge|admission|clinic|appointment))/gi;

type Parted = Pick<Question, 'subjects' | 'context' | 'order' | 'occasionOnly'>;

/** Parts what a question is about from what only names the occasion. An occasion is the subject where there is no other. */
function partByOccasion(text: string, all: readonly Subject[]): Parted {
  const ranges: [number, number][] = [];
  let order: Question['order'] = null;
  for (const match of text.matchAll(OCCASION)) {
    const rest = text.slice(match.index + match[0].length);
    const stop = /[,;?!]|\band (?:what|when|why|how|who|is|was|did)\b/i.exec(rest);
    ranges.push([match.index, match.index + match[0].length + (stop === null ? rest.length : stop.index)]);
    order ??= /^(before|prior|until)/i.test(match[0])
      ? 'before'
      : /^(after|since|following)/i.test(match[0])
        ? 'after'
        : 'during';
  }
  const inside = (subject: Subject): boolean =>
    ranges.some(([start, end]) => start <= subject.start && subject.start < end);
  const subjects = all.filter((subject) => !inside(subject));
  if (subjects.length === 0)
    return { subjects: all, context: [], order, occasionOnly: all.length > 0 && ranges.length > 0 };
  return { subjects, context: all.filter(inside), order, occasionOnly: false };
}

/** "Bladder tumour seen?", "anastomotic leak post-op?": a finding named without an asking word is asked about as yes or no. */
function isTerse(text: string, subjects: readonly Subject[], asked: ReadonlySet<Asked>): boolean {
  const finding = subjects[0]?.kind === 'condition' || subjects[0]?.kind === 'term';
  return (
    finding &&
    !OPEN_WORD.test(text) &&
    !/\b(?:levels?|results?|histology|pathology|findings?|report|grade|stage|size|cause|dx|diagnos[ie]s|symptoms)\b/i.test(
      text,
    ) &&
    [...asked].every((kind) => kind === 'procedure' || kind === 'first')
  );
}

function verbOf(text: string, asked: ReadonlySet<Asked>): MedicationVerb | null {
  const stems = new Set(wordsOf(text).map((word) => word.stem));
  const has = (verb: MedicationVerb): boolean => [...ACTION_WORDS[verb]].some((stem) => stems.has(stem));
  if (/\b(held|hold|on hold|paused|skip)\b/i.test(text)) return 'hold';
  if (
    /\b(stop\w*|discontinu\w*|d\/?c'?d|come off|came off|taken? (him|her|them)? ?off|(?<!\b(?:set|sets|setting|kick\w*|went|go|goes|cut|lift|show\w*|pay\w*|well|better|worse) )off\b|withdr\w+|ceased?|quit|dropped|abandon\w*|swapped|switch\w*|replac\w*|wean\w*|turned off|pulled|go\b)/i.test(
      text,
    ) &&
    has('stop')
  )
    return 'stop';
  if (
    /\b(start\w*|begin|began|begun|commenc\w*|initiat\w*|introduc\w*|restart\w*|resum\w*|put on|added|set up)\b/i.test(
      text,
    )
  )
    return 'start';
  if (asked.has('why') && has('change')) return 'change';
  return null;
}
