import { isDated } from './time-window.ts';
import type { Question } from './types.ts';

/** Where one question ends and the next begins: "Is he on aspirin and does he smoke and what's his LDL?". */
const BETWEEN =
  /(?:\?\s*(?:and\s+|also\s+)?|[,;]?\s+(?:and|also|plus)\s+(?:also\s+)?|[,;]\s+)(?=(?:is|are|does|do|did|has|have|was|were|what(?:['’]?s)?|when|why|how|any|who|where|which|can)\s)/i;
const KNOWN: ReadonlySet<string> = new Set(['medication', 'class', 'test', 'panel', 'condition', 'gene']);

/**
 * Parts a text into questions that can stand alone: each names its own thing. "When was it started and why?" stays whole,
 * since its second half leans on the first. One part where there is only one question.
 *
 * @param read - Reads a part as a question of its own.
 */
export function splitQuestion(text: string, read: (part: string) => Question): Question[] {
  const parts = text
    .split(BETWEEN)
    .map((part) => part.trim())
    .filter((part) => /\w{2}/.test(part));
  if (parts.length < 2) return [];
  const questions = parts.map(read);
  const keys = questions.map(subjectKey);
  // A gene and the drug it bears on are one question, and so is what follows an "if".
  const joined = /^\W*if\b/i.test(text) || questions.some(({ asked, genes }) => asked.has('pgx') || genes.length > 0);
  const alone = !joined && keys.every((key) => key !== null) && new Set(keys).size === keys.length;
  return alone ? questions.map((question) => inTimeOf(questions[0]!, question)) : [];
}

/** "Hb when he came in, and what was the INR?": a part that names no time is of the time of the first. */
function inTimeOf(first: Question, part: Question): Question {
  const { window, context, asked } = part;
  const isTimed = isDated(window) || window.places.length > 0 || context.length > 0;
  const isOther = (['latest', 'first', 'peak', 'nadir'] as const).some((kind) => asked.has(kind));
  if (isTimed || isOther || part.yesNo || !part.subjects.every(({ kind }) => kind === 'test')) return part;
  return { ...part, window: first.window, context: first.context, order: first.order };
}

function subjectKey({ subjects, asked }: Question): string | null {
  const named = subjects.filter(({ kind }) => KNOWN.has(kind)).map(({ key }) => key);
  if (named.length > 0) return named.join('+');
  return asked.has('habit') ? `habit ${subjects[0]?.key ?? ''}` : null;
}
