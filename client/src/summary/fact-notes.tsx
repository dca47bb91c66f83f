import { staleWords } from '../convert/summary.ts';
import classes from './fact-notes.module.css';

interface FactNotesProps {
  readonly fact: {
    readonly lastAsserted: string;
    readonly lastIndependentlyAsserted: string;
    readonly contextUncertain: boolean;
  };
}

/** Small print under a fact: only copied forward, or read differently by the two readers. */
export function FactNotes({ fact }: FactNotesProps) {
  const stale = staleWords(fact);
  if (!stale && !fact.contextUncertain) return null;
  return (
    <div className={classes.notes}>
      {fact.contextUncertain && <span>context uncertain: read the words</span>}
      {stale && <span>{stale}</span>}
    </div>
  );
}
