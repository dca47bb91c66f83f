import { Button, Collapse, Group, Text } from '@mantine/core';
import { useClipboard, useDisclosure } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { AnswerView } from '#server/contract/index.ts';
import type { ShownTurn } from '../convert/answer-stream.ts';
import { answerAsText } from '../convert/citations.ts';
import type { NumberedNote } from '../convert/citations.ts';
import { asOfWords, durationWords, modelRelease, searchedWords } from '../convert/verdict.ts';
import { Basis } from './basis.tsx';
import { CitationChip } from './citation-chip.tsx';
import classes from './chat.module.css';
import { Feedback } from './feedback.tsx';

interface FootProps {
  readonly patient: string;
  readonly turn: ShownTurn;
  readonly answer: AnswerView;
  readonly notes: readonly NumberedNote[];
}

/** Under an answer: as of when, what was searched, how long, by what; and what can be done with it. */
export function AnswerFoot({ patient, turn, answer, notes }: FootProps) {
  const clipboard = useClipboard({ timeout: 1500 });
  const [basis, showBasis] = useDisclosure(false);
  const [more, showMore] = useDisclosure(false);
  const facts = [
    asOfWords(answer.asOf, turn.askedFor),
    `searched ${searchedWords(answer)}`,
    durationWords(turn.milliseconds),
    answer.by.drafter === 'language-model' ? 'worded by the language model, checked' : null,
    modelRelease(answer.by.pipeline),
  ];
  return (
    <footer className={classes.foot}>
      <Text size="xs" c="dimmed">
        {facts.filter(Boolean).join(' · ')}
      </Text>
      {answer.by.fallback && (
        <Text size="xs" className="look">
          The answer by rules is shown: {answer.by.fallback}
        </Text>
      )}
      <Group gap={4} mt={2} className="no-print">
        <Button variant="subtle" size="compact-xs" onClick={showBasis.toggle} aria-expanded={basis}>
          Basis
        </Button>
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={clipboard.copied ? <IconCheck size={13} /> : <IconCopy size={13} />}
          onClick={() => clipboard.copy(answerAsText(turn.question, answer.claims, notes, answer.asOf))}
        >
          {clipboard.copied ? 'Copied' : 'Copy with citations'}
        </Button>
        {answer.more.length > 0 && (
          <Button variant="subtle" size="compact-xs" onClick={showMore.toggle} aria-expanded={more}>
            {more ? 'Less evidence' : `More evidence (${answer.more.length})`}
          </Button>
        )}
        <Feedback patient={patient} answer={turn.id!} />
      </Group>
      <Collapse expanded={basis} transitionDuration={0}>
        <Basis answer={answer} />
      </Collapse>
      <Collapse expanded={more} transitionDuration={0}>
        <div className={classes.mentions}>
          {answer.more.map((citation, index) => (
            <p key={index} className={classes.quote}>
              “{citation.quote}”
              <CitationChip patient={patient} notes={notes} citation={citation} />
            </p>
          ))}
        </div>
      </Collapse>
    </footer>
  );
}
