import type { MarkedNotes } from './marked-chart.ts';
import { markedChart } from './marked-chart.ts';
import { answerQuestion } from '#pipelines/answer-question.ts';
import type { Turn } from '#pipelines/domain/conversation.ts';
import type { Answer } from '#pipelines/domain/evidence.ts';
import type { AnswerId, ConversationId } from '#pipelines/domain/ids.ts';
import { asId } from '#pipelines/domain/ids.ts';
import { loadTerminology } from '#pipelines/engines/terminology/index.ts';

const terminology = loadTerminology('pipelines/rules/terminology/2026.1');
const engines = { terminology, search: { search: () => Promise.resolve([]) } };

/** For tests: the texts of the claims that answer the last of some questions about marked notes. */
export async function claimsFor(notes: MarkedNotes, ...questions: readonly string[]): Promise<string[]> {
  return (await answerFor(notes, questions)).claims.map(({ text }) => text);
}

/** For tests: the finding, or the reason of the abstention, and the claims of one answer in a line. */
export async function verdictFor(notes: MarkedNotes, question: string): Promise<string> {
  const given = await answerFor(notes, [question]);
  const head = given.status === 'answered' ? given.finding : given.reason;
  return `${head} | ${given.claims.map(({ text }) => text).join(' ')}`;
}

async function answerFor(notes: MarkedNotes, questions: readonly string[]): Promise<Answer> {
  const chart = markedChart(notes);
  const conversation = asId<ConversationId>('c');
  const previous: Turn[] = [];
  let answer: Answer | null = null;
  for (const [i, question] of questions.entries()) {
    const id = asId<AnswerId>(`a${i}`);
    const input = { id, conversation, question, asOf: null, chart, previous: [...previous], otherNames: [] };
    for await (const event of answerQuestion(input, engines)) if (event.type === 'answer-end') answer = event.answer;
    previous.push({ id, conversation, patient: chart.patient.id, question, askedFor: null, answer: answer! });
  }
  return answer!;
}
