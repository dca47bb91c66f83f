import { useHotkeys } from '@mantine/hooks';
import { useMemo } from 'react';
import { sameCitation, uniqueCitations, ruleKey } from '../convert/citations.ts';
import type { ShownTurn } from '../convert/answer-stream.ts';
import { useEvidence } from '../frame/use-evidence.ts';

/** `]` and `[` step through the citations of the chosen answer, else of the last one. */
export function useCitationSteps(turns: readonly ShownTurn[], chosen: string | null): void {
  const { target, openCitation } = useEvidence();
  const citations = useMemo(() => {
    const turn = turns.find(({ id }) => id !== null && id === chosen) ?? turns.at(-1);
    const answer = turn?.answer;
    return answer ? uniqueCitations([...answer.claims.flatMap((claim) => claim.citations), ...answer.mentions]) : [];
  }, [turns, chosen]);
  const at = citations.findIndex((citation) =>
    citation.kind === 'rule'
      ? ruleKey(citation) === target.rule
      : target.note !== null &&
        target.span !== null &&
        sameCitation(citation, { kind: 'note', noteId: target.note, ...target.span, quote: '' }),
  );
  const step = (by: number): void => {
    if (citations.length === 0) return;
    const from = at < 0 ? (by > 0 ? -1 : 0) : at;
    openCitation(citations[(from + by + citations.length) % citations.length]!);
  };
  useHotkeys([
    [']', () => step(1)],
    ['[', () => step(-1)],
  ]);
}
