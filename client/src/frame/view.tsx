import { Skeleton, Stack } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { ApiError } from '../api/error.ts';
import { needsToken } from '../api/request.ts';
import type { Loaded } from '../api/use-resource.ts';
import { Notice } from './notice.tsx';
import { TokenPrompt } from './token-prompt.tsx';

const PATIENCE = 150;

/** True once something has been awaited longer than a person notices. */
export function useOverdue(waiting: boolean): boolean {
  const [overdue, setOverdue] = useState(false);
  useEffect(() => {
    if (!waiting) return setOverdue(false);
    const timer = setTimeout(() => setOverdue(true), PATIENCE);
    return () => clearTimeout(timer);
  }, [waiting]);
  return overdue;
}

/** Grey lines in place of what is still being read. */
export function RowsSkeleton({ rows = 6 }: { readonly rows?: number }) {
  return (
    <Stack gap={10} p="md" role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, i) => (
        <Skeleton key={i} height={14} radius="sm" width={`${92 - ((i * 17) % 40)}%`} />
      ))}
    </Stack>
  );
}

/** An error of the server as a message: not found, no permission and trouble look different. */
export function ErrorView({ error, retry }: { readonly error: ApiError; readonly retry?: () => void }) {
  if (needsToken(error)) return <TokenPrompt />;
  const title =
    error.status === 404 ? 'Not found' : error.status === 403 ? 'Not permitted' : 'This could not be read just now';
  const code = error.requestId ? `${error.code} · ${error.requestId}` : error.code;
  return (
    <Notice
      tone={error.status === 404 ? 'plain' : 'danger'}
      title={title}
      code={code}
      remedy={error.remedy}
      {...(retry && error.status !== 404 ? { action: { label: 'Try again', onClick: retry } } : {})}
    >
      {error.message}
    </Notice>
  );
}

export interface ViewProps<Reply> {
  readonly of: Loaded<Reply>;
  readonly children: (data: Reply) => ReactNode;
  readonly empty?: { readonly when: (data: Reply) => boolean; readonly show: ReactNode };
  readonly skeleton?: ReactNode;
}

/** Shows what was read, or its absence: loading (after 150 ms), error, not found, no permission, empty. */
export function View<Reply>({ of, children, empty, skeleton }: ViewProps<Reply>) {
  const overdue = useOverdue(of.data === undefined && of.loading);
  if (of.data !== undefined) return empty?.when(of.data) ? empty.show : children(of.data);
  if (of.error) return <ErrorView error={of.error} retry={of.reload} />;
  return overdue ? (skeleton ?? <RowsSkeleton />) : null;
}
