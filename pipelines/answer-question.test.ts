import { describe, expect, it } from 'vitest';
import type { AnswerInput } from './answer-question.ts';
import { answerQuestion } from './answer-question.ts';
import { chartOf, markedNote, medicationOf, resultOf, smallTerminology } from './answering/test-chart.ts';
import type { ClaimDrafter } from './contracts/claim-drafter.ts';
import type { AnswerEvent } from './domain/conversation.ts';
import type { Answer } from './domain/evidence.ts';
import type { AnswerId, ConversationId } from './domain/ids.ts';
import { asId } from './domain/ids.ts';
import { ClinicalError } from './errors.ts';

const first = markedNote(
  'n1',
  '2021-03-01',
  'clinic note',
  'On [warfarin]{Medication continue} [5 mg]{Dose} daily.\n[Creatinine]{Test} [1.1]{Value}. Never had a [stroke]{Condition neg}.\nBrother has [diabetes]{Condition fam}.',
);
const second = markedNote(
  'n2',
  '2022-05-02',
  'discharge summary',
  '[Warfarin]{Medication stop} was stopped because of a major GI bleed.\nStarted [apixaban]{Medication start} [2.5 mg]{Dose} BID. [Creatinine]{Test} [1.9]{Value}.\n[Mammogram]{Test hyp} ordered.',
);
const chart = chartOf([first, second], {
  medications: [
    medicationOf(second, 'Warfarin', 'warfarin', 'stopped', null),
    medicationOf(second, 'apixaban', 'apixaban', 'active', '2.5 mg'),
  ],
  results: [
    resultOf(first, 'Creatinine 1.1', 'creatinine', '1.1'),
    resultOf(second, 'Creatinine 1.9', 'creatinine', '1.9'),
  ],
});
const nothing = { search: () => Promise.resolve([]) };

async function events(
  question: string,
  extra: Partial<AnswerInput> = {},
  languageModel?: ClaimDrafter,
): Promise<AnswerEvent[]> {
  const input: AnswerInput = {
    id: asId<AnswerId>('a1'),
    conversation: asId<ConversationId>('c1'),
    question,
    asOf: null,
    chart,
    previous: [],
    otherNames: [],
    ...extra,
  };
  const engines = {
    terminology: smallTerminology,
    search: nothing,
    ...(languageModel === undefined ? {} : { languageModel }),
  };
  const seen: AnswerEvent[] = [];
  for await (const event of answerQuestion(input, engines)) seen.push(event);
  return seen;
}
async function answer(question: string, extra: Partial<AnswerInput> = {}, model?: ClaimDrafter): Promise<Answer> {
  const last = (await events(question, extra, model)).at(-1)!;
  if (last.type !== 'answer-end') throw new Error('no answer');
  return last.answer;
}
const text = (given: Answer): string => given.claims.map((claim) => claim.text).join(' ');

describe('answering a question', () => {
  it('gives the latest value with its date and cites it', async () => {
    const given = await answer('latest creatinine?');
    expect(text(given)).toContain('1.9');
    expect(text(given)).not.toContain('1.1');
    expect(given.claims[0]!.citations[0]).toMatchObject({
      noteId: 'n2',
      quote: expect.stringContaining('1.9') as string,
    });
  });
  it('says why a drug was stopped in the words of the note', async () => {
    expect(text(await answer('why was the warfarin stopped?'))).toContain('major GI bleed');
  });
  it('answers a denied finding with No and the denial, as denied', async () => {
    const given = await answer('any history of stroke?');
    expect(given).toMatchObject({ status: 'answered', finding: 'denied' });
    expect(text(given)).toMatch(/^No\b.*stroke: denied/i);
  });
  it('never takes a brother’s diabetes for the patient’s', async () => {
    const given = await answer('does she have diabetes?');
    expect(text(given)).not.toMatch(/^Yes/);
  });
  it('abstains and says what was searched where nothing is written', async () => {
    const given = await answer('what is the latest LDL?');
    expect(given).toMatchObject({
      status: 'abstained',
      reason: 'not-documented',
      searched: { notes: 2, from: '2021-03-01', to: '2022-05-02' },
    });
    expect(given.searched.terms).toContain('ldl');
  });
  it('shows the order as a mention where a result is asked for', async () => {
    const given = await answer('what did the mammogram show?');
    expect(given).toMatchObject({ status: 'abstained', reason: 'not-documented' });
    expect(given.mentions[0]?.quote).toContain('Mammogram');
  });
  it('follows up on the drug that the answer before named', async () => {
    const before = await answer('which anticoagulant is she on now?');
    const turn = {
      id: asId<AnswerId>('a0'),
      conversation: asId<ConversationId>('c1'),
      patient: chart.patient.id,
      question: 'which anticoagulant is she on now?',
      askedFor: null,
      answer: before,
    };
    expect(text(await answer('and the dose?', { previous: [turn] }))).toContain('2.5 mg');
  });
  it('gives the same events for the same input', async () => {
    expect(JSON.stringify(await events('why was the warfarin stopped?'))).toBe(
      JSON.stringify(await events('why was the warfarin stopped?')),
    );
  });
  it('streams the words of each claim before it ends', async () => {
    const seen = await events('latest creatinine?');
    const words = seen
      .filter((event) => event.type === 'claim-delta' && event.index === 0)
      .map((event) => (event.type === 'claim-delta' ? event.text : ''));
    const ended = seen.find((event) => event.type === 'claim-end');
    expect(words.join('')).toBe(ended?.type === 'claim-end' ? ended.claim.text : null);
  });
});

describe('with a language model', () => {
  const model = (draft: ClaimDrafter['draft']): ClaimDrafter => ({ name: 'fake', prompt: 'p/1', draft });
  it('shows its claims when the gate lets them through', async () => {
    const given = await answer(
      'why was the warfarin stopped?',
      {},
      model(() => Promise.resolve([{ text: 'Because of a major GI bleed.', evidence: [1] }])),
    );
    expect(given.by.drafter).toBe('language-model');
    expect(text(given)).toBe('Because of a major GI bleed.');
  });
  it('drops an invented number and says that the rules answered', async () => {
    const given = await answer(
      'why was the warfarin stopped?',
      {},
      model(() => Promise.resolve([{ text: 'INR was 9.7.', evidence: [1] }])),
    );
    expect(given.by).toMatchObject({
      drafter: 'rules',
      fallback: expect.stringContaining('no claim passed verification') as string,
    });
  });
  it('stands in for a model that fails', async () => {
    const given = await answer(
      'why was the warfarin stopped?',
      {},
      model(() => Promise.reject(new ClinicalError('LANGUAGE_MODEL_UNAVAILABLE', { reason: 'timeout' }))),
    );
    expect(given.by.fallback).toContain('LANGUAGE_MODEL_UNAVAILABLE');
    expect(text(given)).toContain('GI bleed');
  });
});
