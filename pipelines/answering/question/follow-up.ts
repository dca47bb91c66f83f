import type { Answer, NoteCitation } from '../../domain/evidence.ts';
import type { EntityLabel } from '../../domain/entity.ts';
import { DEICTIC } from '../rules.ts';
import { overlaps } from '../../domain/span.ts';
import { wordsOf } from '../text/words.ts';
import { findSubjects } from './subjects.ts';
import type { ReadingContext } from './reading-context.ts';
import type { Asked, Question, Subject } from './types.ts';

/** Kinds that a bare follow-up ("and the eGFR?") takes over from the question before. */
const CARRIED: readonly Asked[] = [
  'latest',
  'trend',
  'dose',
  'peak',
  'nadir',
  'when',
  'first',
  'medication',
  'family',
  'why',
  'pgx',
];
/** Kinds that no test takes over from what was asked of a drug or an illness. */
const NOT_OF_TESTS: ReadonlySet<Asked> = new Set<Asked>(['why', 'dose', 'medication', 'family', 'pgx']);
const SUBJECT_LABELS: ReadonlySet<string> = new Set<EntityLabel>([
  'Medication',
  'Procedure',
  'Condition',
  'Test',
  'Finding',
  'BodySite',
]);

const CONDITION_LABELS: ReadonlySet<string> = new Set<EntityLabel>(['Condition', 'Finding']);

const PATIENT =
  /\b(?:this|the|our|my) (?:man|woman|lady|gentleman|gent|guy|chap|patient|pt|person|girl|boy|child|kid|baby|infant|fellow)\b|\b(?:on|of|up on|about) (?:him|her|them|pt|patient)\b/i;

/**
 * Fills in what a follow-up leaves out from the turn before: its subjects, the drug or procedure that its answer named,
 * and, for a bare new subject, the way of asking. A question that stands by itself is returned as it is.
 */
export function inherit(question: Question, earlier: Question, answer: Answer, context: ReadingContext): Question {
  // "Quick summary of this man": of the patient, whatever was spoken of before.
  if (question.asked.has('summary') && PATIENT.test(question.corrected)) return question;
  const deictic = DEICTIC.test(question.corrected);
  const bare = question.subjects.length === 0;
  if (!question.followUp && !deictic && !bare && wordsOf(question.corrected).length > 4) return question;
  const before = forDose(
    question,
    targets(question, answer, context) ?? subjectsBefore(earlier, answer, context),
    context,
  );
  if (question.occasionOnly && (question.followUp || OF_THAT.test(question.corrected)) && earlier.subjects.length > 0) {
    const asked = new Set([...earlier.asked].filter((kind) => kind !== 'latest'));
    return { ...question, asked, subjects: earlier.subjects, context: question.subjects };
  }
  if (bare) return { ...question, subjects: before, asked: question.asked.size === 0 ? earlier.asked : question.asked };
  const own = question.subjects;
  // "And the CK after that?" behind a why asks for a value.
  const isOfTest = own.length > 0 && own.every(({ kind }) => kind === 'test' || kind === 'panel');
  const carried = CARRIED.filter((kind) => earlier.asked.has(kind) && !(isOfTest && NOT_OF_TESTS.has(kind)));
  const asked = question.asked.size > 0 ? question.asked : new Set(carried);
  const others = before.filter((subject) => !own.some((mine) => mine.key === subject.key));
  if (deictic) return { ...question, asked, context: [...question.context, ...others] };
  // The latest of a test is the latest, whatever was spoken of.
  if (isOfTest && asked.has('latest')) return { ...question, asked };
  const rivals = others.filter((subject) => !own.some((mine) => mine.kind === subject.kind));
  return { ...question, asked, context: [...question.context, ...rivals] };
}

/** "What does she take *for it*?" means the condition that the answer named. */
function targets(question: Question, answer: Answer, context: ReadingContext): readonly Subject[] | null {
  if (
    !/\bfor (it|that|this|them)\b|\b(treat\w*|manag\w+) (it|that|this)\b|\b(it|that) (being )?(treat|manag)/i.test(
      question.corrected,
    )
  )
    return null;
  const named = namedInAnswer(answer, context, CONDITION_LABELS);
  return named.length === 0 ? null : named.slice(0, 2);
}

/** A dose is of the drug, not of its level nor of what else was spoken of. */
function forDose(
  question: Question,
  before: readonly Subject[],
  { index, terminology }: ReadingContext,
): readonly Subject[] {
  if (!question.asked.has('dose') && !question.asked.has('frequency')) return before;
  const subjects = before.flatMap((subject) => {
    const drug = /^(.*\S)\s+levels?$/i.exec(subject.words)?.[1];
    return drug === undefined ? [subject] : findSubjects(drug, index, terminology);
  });
  const drugs = subjects.filter(({ kind }) => kind === 'medication' || kind === 'class');
  return drugs.length > 0 ? drugs : subjects;
}

/** The subjects of the question before; a class gives way to its members that the answer named. */
function subjectsBefore(earlier: Question, answer: Answer, context: ReadingContext): readonly Subject[] {
  const named = namedInAnswer(answer, context);
  const vague =
    earlier.subjects.length === 0 || earlier.subjects.some(({ kind }) => kind === 'class' || kind === 'term');
  if (!vague || named.length === 0) return earlier.subjects.length > 0 ? earlier.subjects : named;
  const members = named.filter((subject) =>
    earlier.subjects.some(({ kind, members: list }) => kind === 'class' && list.includes(subject.key)),
  );
  if (members.length > 0) return members;
  return [
    ...earlier.subjects,
    ...named.filter(({ key }) => !earlier.subjects.some((other) => other.key === key)),
  ].slice(0, 4);
}

/** What the cited words of the answer's claims name, first claim first. */
function namedInAnswer(
  answer: Answer,
  { index, terminology }: ReadingContext,
  labels: ReadonlySet<string> = SUBJECT_LABELS,
): Subject[] {
  const named: Subject[] = [];
  for (const claim of answer.claims.slice(0, 2)) {
    const text = claim.text;
    for (const citation of claim.citations) {
      if (citation.kind !== 'note') continue;
      for (const words of entityWords(citation, index, labels)) {
        if (!text.toLowerCase().includes(words.toLowerCase())) continue;
        const subject = findSubjects(words, index, terminology)[0];
        if (subject !== undefined && !named.some(({ key }) => key === subject.key)) named.push(subject);
      }
    }
  }
  return named.slice(0, 3);
}

function entityWords(citation: NoteCitation, index: ReadingContext['index'], labels: ReadonlySet<string>): string[] {
  const note = index.chart.notes[index.noteIndexOf.get(citation.noteId) ?? -1];
  if (note === undefined) return [];
  return note.entities
    .filter((entity) => labels.has(entity.label) && overlaps(entity, citation))
    .map((entity) => note.note.text.slice(entity.start, entity.end));
}

/** "What was it before surgery?" leans on the turn before; the occasion alone is new. */
const OF_THAT = /^\W*(?:and |so )?(?:what|how (?:high|low|much)) (?:was|were|is) (?:it|that|this|they|those)\b/i;
const MEASURE = /^(?:tit(?:er|re)s?|levels?|values?|numbers?|readings?|results?|counts?|scores?)$/i;

/** "And the latest titre?" names no test of its own. */
export function withoutMeasureWords(question: Question): Question {
  const subjects = question.subjects.filter(({ words, kind }) => kind !== 'term' || !MEASURE.test(words.trim()));
  return subjects.length === question.subjects.length ? question : { ...question, subjects };
}
