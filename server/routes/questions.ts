import { asId } from '#pipelines/domain/ids.ts';
import type { AnswerId, ConversationId, PatientId } from '#pipelines/domain/ids.ts';
import type { Answer } from '#pipelines/domain/evidence.ts';
import { ClinicalError } from '#pipelines/errors.ts';
import {
  askRequest,
  askResponse,
  feedbackRequest,
  feedbackResponse,
  getConversationResponse,
  listConversationsResponse,
  turn,
} from '#server/contract/index.ts';
import { shortId } from '../flows/chart-book.ts';
import type { AcceptedQuestion } from '../flows/question-desk.ts';
import type { Product } from '../product.ts';
import { jsonBody } from './bodies.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const tag = 'Questions';
const base = '/api/v1/patients/{patient}';

/** Questions, their answers and conversations; the answers are those that socket.io streams. */
export function questionRoutes(product: Product): Route[] {
  return [
    ask(product),
    listConversations(product),
    getConversation(product),
    getAnswer(product),
    giveFeedback(product),
  ];
}

function ask({ desk }: Product): Route {
  return route(
    {
      id: 'ask',
      method: 'post',
      path: `${base}/questions`,
      tag,
      summary: 'Answers a question from the notes, every claim with its citations, or abstains with a reason',
      body: askRequest,
      response: askResponse,
    },
    async ({ params, body }) => {
      const started = performance.now();
      const accepted = await desk.ask({
        patient: asId<PatientId>(params['patient']!),
        question: body.question,
        conversation: body.conversation === undefined ? null : asId<ConversationId>(body.conversation),
        asOf: body.asOf ?? null,
        noteTypes: body.noteTypes ?? [],
      });
      const answer = await collect(accepted);
      const milliseconds = Math.round((performance.now() - started) * 10) / 10;
      return { id: accepted.id, conversation: accepted.conversation, ...answer, milliseconds };
    },
    jsonBody(),
  );
}

async function collect({ events }: AcceptedQuestion): Promise<Answer> {
  let answer: Answer | null = null;
  for await (const event of events) if (event.type === 'answer-end') answer = event.answer;
  if (!answer) throw new ClinicalError('INTERNAL');
  return answer;
}

function listConversations({ stores, charts }: Product): Route {
  return route(
    {
      id: 'listConversations',
      method: 'get',
      path: `${base}/conversations`,
      tag,
      summary: "The patient's conversations, the latest first",
      response: listConversationsResponse,
    },
    async ({ params }) => {
      const patient = asId<PatientId>(params['patient']!);
      await charts.patient(patient);
      return { conversations: await stores.conversations.listForPatient(patient) };
    },
  );
}

function getConversation({ stores, charts }: Product): Route {
  return route(
    {
      id: 'getConversation',
      method: 'get',
      path: `${base}/conversations/{conversation}`,
      tag,
      summary: 'A conversation with its questions and answers',
      response: getConversationResponse,
    },
    async ({ params }) => {
      const patient = asId<PatientId>(params['patient']!);
      const id = asId<ConversationId>(params['conversation']!);
      await charts.patient(patient);
      const owner = await stores.conversations.patientOf(id);
      if (owner === null) throw new ClinicalError('CONVERSATION_NOT_FOUND', { conversation: shortId(id) });
      if (owner !== patient) throw new ClinicalError('CONVERSATION_OF_OTHER_PATIENT');
      const turns = await stores.conversations.turns(id);
      return { id, turns: turns.map(({ patient: _patient, ...each }) => each) };
    },
  );
}

function getAnswer(product: Product): Route {
  return route(
    {
      id: 'getAnswer',
      method: 'get',
      path: `${base}/answers/{answer}`,
      tag,
      summary: 'A stored answer with its question',
      response: turn,
    },
    async ({ params }) => {
      const { patient: _patient, ...found } = await findAnswer(params, product);
      return found;
    },
  );
}

function giveFeedback(product: Product): Route {
  return route(
    {
      id: 'giveFeedback',
      method: 'post',
      path: `${base}/answers/{answer}/feedback`,
      tag,
      summary: 'Says whether an answer is right, wrong or unsafe; kept for review',
      body: feedbackRequest,
      status: 201,
      response: feedbackResponse,
    },
    async ({ params, body }) => {
      const { patient, id } = await findAnswer(params, product);
      const feedback = { verdict: body.verdict, comment: body.comment ?? null };
      await product.stores.conversations.addFeedback(patient, id, feedback, product.sign());
      return { stored: true } as const;
    },
    jsonBody(),
  );
}

/** @throws ClinicalError `PATIENT_NOT_FOUND`, `ANSWER_NOT_FOUND` (also for an answer about another patient) */
async function findAnswer(params: Readonly<Record<string, string>>, { stores, charts }: Product) {
  const patient = asId<PatientId>(params['patient']!);
  await charts.patient(patient);
  const found = await stores.conversations.answer(patient, asId<AnswerId>(params['answer']!));
  if (!found) throw new ClinicalError('ANSWER_NOT_FOUND', { answer: shortId(params['answer']!) });
  return found;
}
