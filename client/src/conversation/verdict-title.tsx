import { IconArrowsSplit2, IconCircleOff, IconFileSearch, IconSquareOff } from '@tabler/icons-react';
import type { Verdict, VerdictKind } from '../convert/verdict.ts';
import classes from './chat.module.css';

const ICONS: Partial<Record<VerdictKind, typeof IconSquareOff>> = {
  denied: IconSquareOff,
  conflicting: IconArrowsSplit2,
  'not-documented': IconFileSearch,
  'out-of-scope': IconCircleOff,
};

/** Names the kind of answer in words and shape; a plain answer has no title. */
export function VerdictTitle({ verdict }: { readonly verdict: Verdict }) {
  const Icon = ICONS[verdict.kind];
  if (!verdict.title || !Icon) return null;
  return (
    <div className={classes.verdict}>
      <Icon size={16} stroke={1.7} aria-hidden />
      {verdict.title}
    </div>
  );
}
