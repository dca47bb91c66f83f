import { VisuallyHidden } from '@mantine/core';
import type { ShownTurn } from '../convert/answer-stream.ts';
import { verdictOf } from '../convert/verdict.ts';

/** Reads the newest answer out, sentence by sentence, each once it is whole. */
export function LiveClaims({ turn }: { readonly turn: ShownTurn | undefined }) {
  const claims = turn?.answer?.claims ?? turn?.claims.flatMap(({ claim }) => claim ?? []) ?? [];
  const verdict = turn?.answer ? verdictOf(turn.answer) : null;
  return (
    <VisuallyHidden role="log" aria-live="polite" aria-label="Answer">
      {verdict?.title && <p>{verdict.title}</p>}
      {claims.map(({ text }, index) => (
        <p key={`${turn?.key}${index}`}>{text}</p>
      ))}
    </VisuallyHidden>
  );
}
