import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import type { Citation } from '#server/contract/index.ts';
import { ruleKey } from '../convert/citations.ts';

export interface EvidenceTarget {
  readonly note: string | null;
  readonly span: { readonly start: number; readonly end: number } | null;
  readonly rule: string | null;
}

/** Reads `?note=…&span=12-30` or `?rule=…`; a malformed span is no span. */
export function evidenceFrom(params: URLSearchParams): EvidenceTarget {
  const match = /^(\d+)-(\d+)$/.exec(params.get('span') ?? '');
  const [start, end] = [Number(match?.[1]), Number(match?.[2])];
  const span = match && start < end ? { start, end } : null;
  return { note: params.get('note'), span, rule: params.get('rule') };
}

/** Writes an evidence target over the parameters of an address; everything else in it stays. */
export function withEvidence(params: URLSearchParams, target: Partial<EvidenceTarget>): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of ['note', 'span', 'rule']) next.delete(name);
  if (target.note) next.set('note', target.note);
  if (target.note && target.span) next.set('span', `${target.span.start}-${target.span.end}`);
  if (target.rule) next.set('rule', target.rule);
  next.set('view', 'evidence');
  return next;
}

/** The evidence that the address names, and how to open another: Back returns to the one before. */
export function useEvidence() {
  const [params] = useSearchParams();
  const location = useLocation();
  const navigate = useNavigate();
  const target = useMemo(() => evidenceFrom(params), [params]);
  const open = useCallback(
    (next: Partial<EvidenceTarget>) =>
      void navigate(
        { pathname: location.pathname, search: `?${withEvidence(params, next).toString()}` },
        { state: { flash: performance.now() } },
      ),
    [navigate, location.pathname, params],
  );
  const openCitation = useCallback(
    (citation: Citation) =>
      open(
        citation.kind === 'note'
          ? { note: citation.noteId, span: { start: citation.start, end: citation.end } }
          : { rule: ruleKey(citation) },
      ),
    [open],
  );
  const flash = (location.state as { flash?: number } | null)?.flash ?? 0;
  return { target, open, openCitation, flash };
}
