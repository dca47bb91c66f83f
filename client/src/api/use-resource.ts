import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { ApiError, unreachable } from './error.ts';
import { request } from './request.ts';
import type { Resource } from './resources.ts';

interface Entry {
  readonly data?: unknown;
  readonly error?: ApiError;
  readonly loading: boolean;
}

export interface Loaded<Reply> {
  readonly data: Reply | undefined;
  readonly error: ApiError | undefined;
  readonly loading: boolean;
  readonly reload: () => void;
}

const IDLE: Entry = { loading: false };
const entries = new Map<string, Entry>();
const listeners = new Set<() => void>();
/** How many components on screen show an address. */
const watchers = new Map<string, number>();

function put(path: string, entry: Entry): void {
  entries.set(path, entry);
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function watch(path: string): () => void {
  watchers.set(path, (watchers.get(path) ?? 0) + 1);
  return () => watchers.set(path, (watchers.get(path) ?? 1) - 1);
}

async function load(path: string): Promise<void> {
  const { data } = entries.get(path) ?? IDLE;
  put(path, { ...(data === undefined ? {} : { data }), loading: true });
  try {
    put(path, { data: await request(path), loading: false });
  } catch (cause) {
    const error = cause instanceof ApiError ? cause : unreachable();
    put(path, { ...(data === undefined ? {} : { data }), error, loading: false });
  }
}

/** Reads an address once and shares the reply; what is already shown stays while it is read again. Null reads nothing. */
export function useResource<Reply>(resource: Resource<Reply> | null): Loaded<Reply> {
  const path = resource?.path ?? null;
  const entry = useSyncExternalStore(subscribe, () => (path === null ? IDLE : (entries.get(path) ?? IDLE)));
  useEffect(() => {
    if (path !== null && !entries.has(path)) void load(path);
  }, [path, entry]);
  useEffect(() => (path === null ? undefined : watch(path)), [path]);
  const reload = useCallback(() => {
    if (path !== null) void load(path);
  }, [path]);
  const waiting = path !== null && entry === IDLE;
  return {
    data: entry.data as Reply | undefined,
    error: entry.error,
    loading: entry.loading || waiting,
    reload,
  };
}

/** Reads again whatever is on screen below a path; forgets the rest. */
export function refresh(prefix: string): void {
  for (const path of [...entries.keys()].filter((known) => known.startsWith(prefix))) {
    if ((watchers.get(path) ?? 0) > 0) void load(path);
    else entries.delete(path);
  }
}

/** Forgets everything that was read: another user, another token, another test. */
export function forgetAll(): void {
  entries.clear();
  listeners.forEach((listener) => listener());
}
