import { Button, Group, Popover, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { FeedbackRequest } from '#server/contract/index.ts';
import { request } from '../api/request.ts';
import { useSubmit } from '../frame/use-submit.ts';
import { ErrorView } from '../frame/view.tsx';

type VerdictWord = FeedbackRequest['verdict'];

interface FeedbackProps {
  readonly patient: string;
  readonly answer: string;
}

/** Right, wrong or unsafe, with a note where it is not right; kept for review. */
export function Feedback({ patient, answer }: FeedbackProps) {
  const [verdict, setVerdict] = useState<VerdictWord | null>(null);
  const [stored, setStored] = useState<VerdictWord | null>(null);
  if (stored) {
    return (
      <Text size="xs" c="dimmed" role="status">
        kept for review: {stored}
      </Text>
    );
  }
  return (
    <Group gap={0} role="group" aria-label="Is this answer right?">
      {(['right', 'wrong', 'unsafe'] as const).map((word) => (
        <Popover
          key={word}
          opened={verdict === word}
          onChange={(opened) => !opened && setVerdict(null)}
          width={300}
          trapFocus
          withinPortal
        >
          <Popover.Target>
            <Button variant="subtle" size="compact-xs" onClick={() => setVerdict(word)}>
              {word}
            </Button>
          </Popover.Target>
          <Popover.Dropdown p="sm">
            <FeedbackForm patient={patient} answer={answer} verdict={word} onStored={() => setStored(word)} />
          </Popover.Dropdown>
        </Popover>
      ))}
    </Group>
  );
}

interface FormProps extends FeedbackProps {
  readonly verdict: VerdictWord;
  readonly onStored: () => void;
}

function FeedbackForm({ patient, answer, verdict, onStored }: FormProps) {
  const [comment, setComment] = useState('');
  const { submit, busy, error } = useSubmit(async () => {
    const path = `/api/v1/patients/${encodeURIComponent(patient)}/answers/${encodeURIComponent(answer)}/feedback`;
    const json: FeedbackRequest = { verdict, comment: comment.trim() || null };
    await request(path, { method: 'POST', json });
    onStored();
  });
  return (
    <>
      <Textarea
        size="xs"
        label={`This answer is ${verdict}`}
        placeholder={verdict === 'right' ? 'A note, if you like' : 'What should it have said?'}
        autosize
        minRows={2}
        maxLength={4000}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
        data-autofocus
      />
      {error && <ErrorView error={error} />}
      <Button mt="xs" loading={busy} onClick={() => void submit()}>
        Keep for review
      </Button>
    </>
  );
}
