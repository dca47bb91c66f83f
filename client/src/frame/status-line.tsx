import { Progress, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Progress as ReadingProgress } from '#server/contract/index.ts';
import { resources } from '../api/resources.ts';
import { chartSocket } from '../api/socket.ts';
import { refresh, useResource } from '../api/use-resource.ts';
import { statusParts } from '../convert/status.ts';
import classes from './status-line.module.css';

const EVERY = 20_000;

function useConnection(): { connected: boolean; progress: ReadingProgress | null } {
  const [connected, setConnected] = useState(() => chartSocket().connected);
  const [progress, setProgress] = useState<ReadingProgress | null>(null);
  useEffect(() => {
    const socket = chartSocket();
    const up = (): void => setConnected(true);
    const down = (): void => setConnected(false);
    socket.on('connect', up).on('disconnect', down).on('progress', setProgress);
    return () => void socket.off('connect', up).off('disconnect', down).off('progress', setProgress);
  }, []);
  return { connected, progress };
}

/** What has been read, by what, and that nothing leaves the machine. */
export function StatusLine({ narrow }: { readonly narrow: boolean }) {
  const { data, error, reload } = useResource(resources.status());
  const { connected, progress } = useConnection();
  useEffect(() => {
    const timer = setInterval(reload, EVERY);
    return () => clearInterval(timer);
  }, [reload]);
  const waiting = progress?.queued ?? data?.notes.queued ?? 0;
  useEffect(() => {
    if (progress?.queued === 0) refresh('/api/v1/');
  }, [progress?.queued]);
  const parts = statusParts({ status: data, progress, connected, unreachable: error?.status === 0, narrow });
  return (
    <div className={classes.line} role="status" aria-label="Status">
      {waiting > 0 && parts.share !== null && (
        <Progress value={parts.share * 100} size={4} w={90} aria-label="Notes read" transitionDuration={0} />
      )}
      {parts.texts.map(({ text, tone }) => (
        <Text key={text} component="span" size="xs" className={tone === 'look' ? 'look' : ''} truncate>
          {text}
        </Text>
      ))}
    </div>
  );
}
