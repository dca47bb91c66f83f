import { Text } from '@mantine/core';
import { resources } from '../api/resources.ts';
import { useResource } from '../api/use-resource.ts';
import { RowsSkeleton, useOverdue } from '../frame/view.tsx';
import classes from './chat.module.css';

interface StartProps {
  readonly patient: string;
  readonly onAsk: (question: string) => void;
}

/** What can be asked, with questions that this chart can answer, and what is not answered. */
export function ChatStart({ patient, onAsk }: StartProps) {
  const { data, loading } = useResource(resources.examples(patient));
  const overdue = useOverdue(loading && !data);
  const questions = data?.questions.slice(0, 6) ?? [];
  return (
    <div className={classes.start}>
      <Text>Answers questions about this patient from the notes, each sentence with the words it stands on.</Text>
      {overdue && <RowsSkeleton rows={6} />}
      {questions.length > 0 && (
        <ul className={classes.examples} aria-label="Example questions">
          {questions.map((question) => (
            <li key={question}>
              <button type="button" onClick={() => onAsk(question)}>
                {question}
              </button>
            </li>
          ))}
        </ul>
      )}
      <Text size="sm" c="dimmed">
        Not answered here: general medicine, other patients, orders. Where the notes are silent, the answer says what
        was searched.
      </Text>
    </div>
  );
}
