import type { ReactNode } from 'react';
import type { Citation } from '#server/contract/index.ts';
import { useEvidence } from './use-evidence.ts';

interface EvidenceButtonProps {
  readonly of: Citation | undefined;
  readonly children: ReactNode;
  readonly label?: string;
}

/** Words of a table that open what they stand on. Without evidence they are plain words. */
export function EvidenceButton({ of, children, label }: EvidenceButtonProps) {
  const { openCitation } = useEvidence();
  if (!of) return <>{children}</>;
  return (
    <button type="button" className="link" onClick={() => openCitation(of)} {...(label ? { 'aria-label': label } : {})}>
      {children}
    </button>
  );
}
