import { describe, expect, it } from 'vitest';
import { aClaim, anAnswer } from '../testing/fixtures.ts';
import { applyEvent, askedTurn, interrupted, mergeTurns, storedTurn } from './answer-stream.ts';

const claim = aClaim('Lisinopril was stopped on 12 Mar 2022 for cough.');
const asked = askedTurn('k1', 'why did we stop the lisinopril?', null);

describe('a streamed answer', () => {
  it('grows word by word, gets its citations at the end of the claim, and ends with the whole answer', () => {
    const started = applyEvent(asked, { type: 'answer-start', id: 'a1', conversation: 'c1' });
    const half = applyEvent(started, { type: 'claim-delta', index: 0, text: 'Lisinopril was ' });
    expect(half.claims).toEqual([{ text: 'Lisinopril was ', claim: null }]);
    const whole = applyEvent(half, { type: 'claim-end', index: 0, claim });
    expect(whole.claims).toEqual([{ text: claim.text, claim }]);
    const ended = applyEvent(whole, { type: 'answer-end', answer: anAnswer({ claims: [claim] }) }, 41);
    expect(ended).toMatchObject({ id: 'a1', conversation: 'c1', state: 'done', milliseconds: 41 });
  });

  it('keeps what has arrived when the connection breaks', () => {
    const started = applyEvent(asked, { type: 'answer-start', id: 'a1', conversation: 'c1' });
    const half = applyEvent(started, { type: 'claim-delta', index: 0, text: 'Lisinopril was' });
    expect(interrupted(half)).toMatchObject({ state: 'interrupted', claims: [{ text: 'Lisinopril was' }] });
  });

  it('is not marked interrupted once it has ended', () => {
    const ended = applyEvent(asked, { type: 'answer-end', answer: anAnswer({}) });
    expect(interrupted(ended)).toBe(ended);
  });

  it('fails with the code of the server', () => {
    const failed = applyEvent(asked, { type: 'answer-error', code: 'QUESTION_EMPTY', message: 'No text.' });
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'QUESTION_EMPTY' } });
  });
});

it('shows an answer once though it is both stored and of this session', () => {
  const stored = storedTurn({ id: 'a1', conversation: 'c1', question: 'q', askedFor: null, answer: anAnswer({}) });
  const live = { ...asked, id: 'a1' };
  expect(mergeTurns([stored], [live])).toEqual([live]);
});
