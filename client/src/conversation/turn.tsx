import { Loader, Text } from '@mantine/core';
import type { AnswerView, ClaimView } from '#server/contract/index.ts';
import type { ShownTurn } from '../convert/answer-stream.ts';
import type { NumberedNote } from '../convert/citations.ts';
import { chipTexts } from '../convert/citations.ts';
import { searchedWords, verdictOf } from '../convert/verdict.ts';
import type { VerdictKind } from '../convert/verdict.ts';
import { Notice } from '../frame/notice.tsx';
import { AnswerFoot } from './answer-foot.tsx';
import { CitationChip } from './citation-chip.tsx';
import classes from './chat.module.css';
import { VerdictTitle } from './verdict-title.tsx';

interface TurnProps {
  readonly patient: string;
  readonly turn: ShownTurn;
  readonly notes: readonly NumberedNote[];
  /** Whether the address names this answer. */
  readonly chosen: boolean;
  readonly onAsk: (question: string) => void;
}

/** One question with its answer, however far it has come. */
export function Turn({ patient, turn, notes, chosen, onAsk }: TurnProps) {
  const { answer, state } = turn;
  return (
    <article className={classes.turn} data-answer={turn.id ?? undefined} data-chosen={chosen || undefined}>
      <h2 className={classes.question}>{turn.question}</h2>
      {answer ? (
        <WholeAnswer patient={patient} answer={answer} notes={notes} />
      ) : (
        <Growing patient={patient} turn={turn} notes={notes} />
      )}
      {state === 'interrupted' && (
        <Notice
          tone="look"
          title="Interrupted"
          code="ANSWER_INTERRUPTED"
          remedy="The connection broke or the answer was stopped before its end; the sentences above are whole, the last one may not be."
          action={{ label: 'Ask again', onClick: () => onAsk(turn.question) }}
        />
      )}
      {turn.error && (
        <Notice
          tone="danger"
          title="Not answered"
          code={turn.error.code}
          remedy={turn.error.remedy}
          action={{ label: 'Ask again', onClick: () => onAsk(turn.question) }}
        >
          {turn.error.message}
        </Notice>
      )}
      {answer && turn.id && <AnswerFoot patient={patient} turn={turn} answer={answer} notes={notes} />}
    </article>
  );
}

type PartProps = Pick<TurnProps, 'patient' | 'notes'>;

function Growing({ patient, turn, notes }: PartProps & { readonly turn: ShownTurn }) {
  const waiting = turn.state === 'asking' || turn.state === 'streaming';
  return (
    <>
      {turn.claims.map(({ text, claim }, index) =>
        claim ? (
          <Claim key={index} patient={patient} notes={notes} claim={claim} />
        ) : (
          <p key={index} className={classes.claim}>
            {text}
          </p>
        ),
      )}
      {waiting && turn.claims.length === 0 && (
        <Text size="sm" c="dimmed" className="icon-line">
          <Loader size={12} type="dots" color="gray" />
          {turn.evidence === null ? 'Reading the chart' : `${turn.evidence} places found`}
        </Text>
      )}
    </>
  );
}

export function Claim({ patient, notes, claim }: PartProps & { readonly claim: ClaimView }) {
  const labels = chipTexts(claim.citations, notes);
  return (
    <p className={classes.claim}>
      {claim.text}
      {claim.citations.map((citation, index) => (
        <CitationChip key={index} patient={patient} notes={notes} citation={citation} label={labels[index]!} />
      ))}
    </p>
  );
}

function WholeAnswer({ patient, answer, notes }: PartProps & { readonly answer: AnswerView }) {
  const verdict = verdictOf(answer);
  return (
    <div className={classes.answer} data-verdict={verdict.kind}>
      <VerdictTitle verdict={verdict} />
      <div className={verdict.kind === 'conflicting' ? classes.sides : undefined}>
        {answer.claims.map((claim, index) => (
          <Claim key={index} patient={patient} notes={notes} claim={claim} />
        ))}
      </div>
      <Silence kind={verdict.kind} answer={answer} />
      {answer.mentions.length > 0 && <Mentions patient={patient} notes={notes} answer={answer} />}
    </div>
  );
}

/** What an abstention says in place of sentences. */
function Silence({ kind, answer }: { readonly kind: VerdictKind; readonly answer: AnswerView }) {
  if (kind === 'out-of-scope') {
    return (
      <p className={classes.claim}>
        Only questions about this patient’s own notes are answered: findings, medicines, results, dates and reasons. For
        example: “What is she taking now?” or “When was the last creatinine?”
      </p>
    );
  }
  if (kind !== 'not-documented') return null;
  const { terms } = answer.searched;
  return (
    <p className={classes.claim}>
      {answer.mentions.length > 0
        ? 'The notes mention the subject but do not answer this.'
        : 'Nothing on this was found in the notes.'}{' '}
      <span className="quiet">
        Searched {searchedWords(answer)}
        {terms.length > 0 && <> for {terms.map((term) => `“${term}”`).join(', ')}</>}.
      </span>
    </p>
  );
}

function Mentions({ patient, notes, answer }: PartProps & { readonly answer: AnswerView }) {
  return (
    <section aria-label="Sentences that mention it" className={classes.mentions}>
      <div className="eyebrow">Where it is mentioned</div>
      {answer.mentions.map((mention, index) => (
        <p key={index} className={classes.quote}>
          “{mention.quote}”
          <CitationChip patient={patient} notes={notes} citation={mention} />
        </p>
      ))}
    </section>
  );
}
