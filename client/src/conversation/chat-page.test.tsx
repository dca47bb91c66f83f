// @vitest-environment happy-dom
import { act, cleanup, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AnswerEventView, AnswerView } from '#server/contract/index.ts';
import { aCitation, aClaim, anAbstention, anAnswer, aNote, NOTE_TEXT } from '../testing/fixtures.ts';
import { FakeSocket } from '../testing/fake-socket.ts';
import { renderAt } from '../testing/render.tsx';
import { replies, useFakeServer } from '../testing/server.ts';
import { ChatPage } from './chat-page.tsx';

const live = vi.hoisted(() => ({ socket: undefined as unknown }));
vi.mock('../api/socket.ts', () => ({ chartSocket: () => live.socket }));

const server = useFakeServer();
let socket: FakeSocket;

const patient = {
  id: 'p',
  name: 'Ada Invented',
  birthDate: null,
  sex: null,
  race: null,
  ethnicity: null,
  identifiers: [],
  notes: 1,
  lastNote: '2022-03-12',
  banner: { asOf: '2022-03-12', age: null, allergyStatement: 'no allergy statement found', allergies: [], unread: 0 },
};

beforeEach(() => {
  socket = new FakeSocket();
  live.socket = socket;
  server.use(
    replies('/patients/p', patient),
    replies('/patients/p/notes', { notes: [aNote()] }),
    replies('/patients/p/notes/n1', {
      note: { id: 'n1', date: '2022-03-12', type: 'clinic note', text: NOTE_TEXT, sha256: 'x' },
      entities: [],
    }),
    replies('/patients/p/conversations', { conversations: [] }),
    replies('/patients/p/conversations/c1', { id: 'c1', turns: [] }),
    replies('/patients/p/questions/examples', { questions: ['Why was the lisinopril stopped?'] }),
  );
});
afterEach(cleanup);

const draw = (search = '') =>
  renderAt(`/patients/p/chat${search}`, '/patients/:patient/chat/:conversation?', <ChatPage />);
const send = (event: AnswerEventView, milliseconds?: number) => act(async () => socket.answer(event, milliseconds));
const box = () => screen.getByLabelText('Question about this patient');

async function askedAndAnswered(answer: AnswerView): Promise<HTMLElement> {
  draw();
  await userEvent.type(box(), 'why?{Enter}');
  await send({ type: 'answer-start', id: 'a1', conversation: 'c1' });
  await send({ type: 'answer-end', answer }, 38);
  return screen.getByRole('article');
}

describe('asking', () => {
  it('starts from questions that this chart can answer', async () => {
    draw();
    await userEvent.click(await screen.findByRole('button', { name: 'Why was the lisinopril stopped?' }));
    expect(socket.asked).toEqual([{ patient: 'p', question: 'Why was the lisinopril stopped?' }]);
  });

  it('asks on Enter, breaks the line on Shift+Enter, and recalls on ↑', async () => {
    draw();
    await userEvent.type(box(), 'one{Shift>}{Enter}{/Shift}two{Enter}');
    expect(socket.asked.map(({ question }) => question)).toEqual(['one\ntwo']);
    await userEvent.type(box(), '{ArrowUp}');
    expect((box() as HTMLTextAreaElement).value).toBe('one\ntwo');
  });

  it('leaves out later notes where a day is set, and says so', async () => {
    draw('?asOf=2021-01-01');
    expect(screen.getByText('up to 1 Jan 2021')).toBeDefined();
    await userEvent.type(box(), 'dose?{Enter}');
    expect(socket.asked[0]).toMatchObject({ asOf: '2021-01-01' });
  });

  it('leaves out notes of other types where some are chosen, and says so until the choice is taken back', async () => {
    draw('?type=letter&type=discharge-summary');
    expect(screen.getByText('letter')).toBeDefined();
    await userEvent.type(box(), 'dose?{Enter}');
    expect(socket.asked[0]).toMatchObject({ noteTypes: ['letter', 'discharge-summary'] });
    await userEvent.click(screen.getByRole('button', { name: 'Do not narrow to letter' }));
    expect(screen.queryByText('letter')).toBeNull();
  });

  it('goes over REST where there is no live connection', async () => {
    socket.connected = false;
    const reply = {
      ...anAnswer({ claims: [aClaim('It was stopped for cough.')] }),
      id: 'a9',
      conversation: 'c1',
      milliseconds: 12,
    };
    server.use(http.post('*/api/v1/patients/p/questions', () => HttpResponse.json(reply)));
    draw();
    await userEvent.type(box(), 'why?{Enter}');
    expect(
      await within(await screen.findByRole('article')).findByText(/It was stopped for cough/, {}, { timeout: 4000 }),
    ).toBeDefined();
  });
});

describe('a streamed answer', () => {
  it('grows by its sentences, each with its source, and puts its name into the address', async () => {
    const { router } = draw();
    await userEvent.type(box(), 'why?{Enter}');
    await send({ type: 'answer-start', id: 'a1', conversation: 'c1' });
    await send({ type: 'claim-delta', index: 0, text: 'It was stopped' });
    const article = screen.getByRole('article');
    expect(within(article).getByText('It was stopped')).toBeDefined();
    await send({ type: 'claim-end', index: 0, claim: aClaim('It was stopped for cough.') });
    expect(await within(article).findByText('01 · 12 Mar 2022')).toBeDefined();
    expect(router.state.location.pathname).toBe('/patients/p/chat/c1');
    expect(router.state.location.search).toContain('answer=a1');
  });

  it('is marked interrupted when the connection breaks, and can be asked again', async () => {
    draw();
    await userEvent.type(box(), 'why?{Enter}');
    await send({ type: 'answer-start', id: 'a1', conversation: 'c1' });
    await send({ type: 'claim-delta', index: 0, text: 'It was stopped' });
    await act(async () => socket.drop());
    expect(screen.getByText('Interrupted')).toBeDefined();
    expect(screen.getByText('It was stopped')).toBeDefined();
    socket.connected = true;
    await userEvent.click(screen.getByRole('button', { name: 'Ask again' }));
    expect(socket.asked).toHaveLength(2);
  });

  it('tells as of when, what was searched and how long it took', async () => {
    const article = await askedAndAnswered(anAnswer({ claims: [aClaim('It was stopped for cough.')] }));
    const foot = within(article).getByText(/as of/).textContent;
    expect(foot).toBe('as of 12 Mar 2022, the last note · searched 1 note, 12 Mar 2022 · 38 ms · pipeline/1');
  });

  it('opens the note at the cited words', async () => {
    const { router } = draw();
    await userEvent.type(box(), 'why?{Enter}');
    await send({ type: 'answer-end', answer: anAnswer({ claims: [aClaim('For cough.', 'Dry cough')] }) });
    await userEvent.click(await screen.findByRole('button', { name: /^Source/ }));
    const { start, end } = aCitation('Dry cough');
    expect(new URLSearchParams(router.state.location.search).get('span')).toBe(`${start}-${end}`);
  });

  it('is read out by whole sentences', async () => {
    await askedAndAnswered(anAnswer({ finding: 'denied', claims: [aClaim('No: chest pain was denied.')] }));
    expect(screen.getByRole('log').textContent).toBe('Denied in the notesNo: chest pain was denied.');
  });
});

describe('the four honest negatives', () => {
  it('denied cites the denial', async () => {
    const claim = aClaim('No: chest pain was denied on 12 Mar 2022.', 'Denies chest pain');
    const article = await askedAndAnswered(anAnswer({ finding: 'denied', claims: [claim] }));
    expect(within(article).getByText('Denied in the notes')).toBeDefined();
    expect(within(article).getByRole('button', { name: /Denies chest pain/ })).toBeDefined();
  });

  it('not documented says what was searched and shows the sentences that mention it', async () => {
    const mentions = [aCitation('Dry cough since starting lisinopril 20 mg daily.')];
    const article = await askedAndAnswered(anAbstention('not-documented', { mentions }));
    expect(within(article).getByText('Not documented')).toBeDefined();
    expect(article.textContent).toContain('Searched 1 note, 12 Mar 2022 for “lisinopril”.');
    expect(article.textContent).toContain('“Dry cough since starting lisinopril 20 mg daily.”');
    expect(article.textContent).not.toContain('Nothing on this');
  });

  it('the notes disagree shows both sides', async () => {
    const claims = [aClaim('10 mg on 3 May 2021.', 'Dry cough'), aClaim('20 mg on 12 Mar 2022.', '20 mg')];
    const article = await askedAndAnswered(anAnswer({ finding: 'conflicting', claims }));
    expect(within(article).getByText('The notes disagree')).toBeDefined();
    expect(within(article).getAllByRole('button', { name: /^Source/ })).toHaveLength(2);
  });

  it('out of scope says what is answered, and none of them is an alert', async () => {
    const article = await askedAndAnswered(anAbstention('out-of-scope'));
    expect(within(article).getByText('Out of scope')).toBeDefined();
    expect(article.textContent).toContain('Only questions about this patient’s own notes');
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

it('keeps feedback with a comment for review', async () => {
  const sent: unknown[] = [];
  server.use(
    http.post('*/api/v1/patients/p/answers/a1/feedback', async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ stored: true });
    }),
  );
  const article = await askedAndAnswered(anAnswer({ claims: [aClaim('It was stopped for cough.')] }));
  await userEvent.click(within(article).getByRole('button', { name: 'unsafe' }));
  await userEvent.type(await screen.findByLabelText('This answer is unsafe'), 'wrong dose');
  await userEvent.click(screen.getByRole('button', { name: 'Keep for review' }));
  expect(await screen.findByText('kept for review: unsafe')).toBeDefined();
  expect(sent).toEqual([{ verdict: 'unsafe', comment: 'wrong dose' }]);
});
