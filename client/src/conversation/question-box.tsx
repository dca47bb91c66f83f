import { ActionIcon, Chip, Group, Textarea, Tooltip } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconArrowUp, IconPlayerStop } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { SCOPES, scopedQuestion } from '../convert/scopes.ts';
import type { Scope } from '../convert/scopes.ts';
import classes from './chat.module.css';
import { NotesUsed } from './notes-used.tsx';

const LONGEST = 2000;

interface BoxProps {
  readonly patient: string;
  /** Questions asked before, oldest first, for recall. */
  readonly asked: readonly string[];
  readonly busy: boolean;
  readonly onAsk: (question: string) => void;
  readonly onStop: () => void;
}

/** Where questions are typed: `/` comes here, Enter asks, Shift+Enter breaks the line, ↑ recalls. */
export function QuestionBox({ patient, asked, busy, onAsk, onStop }: BoxProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  const [back, setBack] = useState(0);
  useHotkeys([['/', () => field.current?.focus()]]);
  const [scopes, setScopes] = useState<readonly Scope[]>([]);
  const submit = (): void => {
    if (text.trim() === '' || busy) return;
    onAsk(scopedQuestion(text, scopes));
    setText('');
    setBack(0);
  };
  const recall = (by: number): boolean => {
    const next = back + by;
    if (next < 0 || next > asked.length) return false;
    setBack(next);
    setText(next === 0 ? '' : asked[asked.length - next]!);
    return true;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    const untouched = text === '' || (back > 0 && text === asked[asked.length - back]);
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      submit();
    } else if (event.key === 'Escape') {
      event.currentTarget.blur();
    } else if (untouched && (event.key === 'ArrowUp' || (event.key === 'ArrowDown' && back > 0))) {
      if (recall(event.key === 'ArrowUp' ? 1 : -1)) event.preventDefault();
    }
  };
  return (
    <div className={classes.box}>
      <Group gap={8} mb={6}>
        <NotesUsed patient={patient} />
        <ScopeChips scopes={scopes} setScopes={setScopes} />
      </Group>
      <Group gap={6} align="end" wrap="nowrap">
        <Textarea
          ref={field}
          flex={1}
          autosize
          minRows={1}
          maxRows={6}
          maxLength={LONGEST}
          aria-label="Question about this patient"
          placeholder="Ask about this patient ( / )"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        {busy ? (
          <Tooltip label="Stop">
            <ActionIcon size={34} variant="default" aria-label="Stop the answer" onClick={onStop}>
              <IconPlayerStop size={18} />
            </ActionIcon>
          </Tooltip>
        ) : (
          <Tooltip label="Ask (Enter)">
            <ActionIcon size={34} aria-label="Ask" disabled={text.trim() === ''} onClick={submit}>
              <IconArrowUp size={18} />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
    </div>
  );
}

interface ScopeProps {
  readonly scopes: readonly Scope[];
  readonly setScopes: (scopes: readonly Scope[]) => void;
}

/** Narrows the next questions; what is on is added to the question in words, and so stands above the answer too. */
function ScopeChips({ scopes, setScopes }: ScopeProps) {
  return (
    <Chip.Group multiple value={[...scopes]} onChange={(value) => setScopes(value as Scope[])}>
      <Group gap={4} role="group" aria-label="Narrow the question">
        {SCOPES.map((scope) => (
          <Chip key={scope} value={scope} size="xs" radius="sm" variant="outline">
            {scope}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}
