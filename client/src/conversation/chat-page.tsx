import { useCallback, useEffect, useRef } from 'react';
import { useLocation, useNavigate, useParams, useSearchParams } from 'react-router';
import type { ShownTurn } from '../convert/answer-stream.ts';
import { ErrorView } from '../frame/view.tsx';
import { useChartNotes } from '../note/use-chart-notes.ts';
import { ChatHead } from './chat-head.tsx';
import { ChatStart } from './chat-start.tsx';
import classes from './chat.module.css';
import { LiveClaims } from './live-claims.tsx';
import { useNotesUsed } from './notes-used.tsx';
import { QuestionBox } from './question-box.tsx';
import { Turn } from './turn.tsx';
import { useCitationSteps } from './use-citation-steps.ts';
import { useConversation } from './use-conversation.ts';

/** Questions and answers about one patient, in the conversation that the address names, else in a new one. */
export function ChatPage() {
  const { patient = '', conversation = null } = useParams();
  const navigate = useNavigate();
  const location = useLocation();
  const [params] = useSearchParams();
  const { notes } = useChartNotes(patient);
  const onNamed = useCallback(
    (turn: { readonly id: string; readonly conversation: string }) => {
      const next = new URLSearchParams(window.location.search);
      next.set('answer', turn.id);
      next.delete('view');
      const pathname = `/patients/${encodeURIComponent(patient)}/chat/${encodeURIComponent(turn.conversation)}`;
      void navigate({ pathname, search: `?${next}` }, { replace: true, state: location.state });
    },
    [navigate, patient, location.state],
  );
  const { turns, stored, ask, stop } = useConversation({ patient, conversation, onNamed });
  const { asOf, noteTypes } = useNotesUsed();
  const chosen = params.get('answer');
  useCitationSteps(turns, chosen);
  const list = useScroll(turns, chosen);
  const submit = (question: string): void => void ask(question, { asOf, noteTypes });
  const busy = turns.some(({ state }) => state === 'asking' || state === 'streaming');
  return (
    <div className={classes.page}>
      <ChatHead patient={patient} conversation={conversation} />
      <div className={classes.turns} ref={list} tabIndex={0} role="region" aria-label="Questions and answers">
        {stored.error && turns.length === 0 && <ErrorView error={stored.error} retry={stored.reload} />}
        {turns.length === 0 && !stored.loading && !stored.error && <ChatStart patient={patient} onAsk={submit} />}
        {turns.map((turn) => (
          <Turn
            key={turn.key}
            patient={patient}
            turn={turn}
            notes={notes}
            chosen={turn.id !== null && turn.id === chosen}
            onAsk={submit}
          />
        ))}
      </div>
      <LiveClaims turn={turns.at(-1)} />
      <QuestionBox
        patient={patient}
        asked={turns.map(({ question }) => question)}
        busy={busy}
        onAsk={submit}
        onStop={stop}
      />
    </div>
  );
}

/** Keeps the end in sight while an answer grows, unless the reader has scrolled away; shows the chosen answer at first. */
function useScroll(turns: readonly ShownTurn[], chosen: string | null) {
  const list = useRef<HTMLDivElement>(null);
  const shown = useRef(0);
  const size = turns.length + turns.reduce((sum, turn) => sum + turn.claims.length + (turn.answer ? 1 : 0), 0);
  useEffect(() => {
    const box = list.current;
    if (!box) return;
    const first = shown.current === 0 && turns.length > 0;
    const target = first && chosen ? box.querySelector(`[data-answer="${CSS.escape(chosen)}"]`) : null;
    if (target) target.scrollIntoView({ block: 'nearest' });
    else if (turns.length > 0) box.scrollTop = box.scrollHeight;
    shown.current = turns.length;
  }, [size, turns.length, chosen]);
  return list;
}
