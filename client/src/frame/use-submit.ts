import { useCallback, useState } from 'react';
import { ApiError, unreachable } from '../api/error.ts';

/** Runs one write at a time and keeps its error for the form to show. */
export function useSubmit(action: () => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const submit = useCallback(async () => {
    setBusy(true);
    setError(null);
    try {
      await action();
    } catch (cause) {
      setError(cause instanceof ApiError ? cause : unreachable());
    } finally {
      setBusy(false);
    }
  }, [action]);
  return { submit, busy, error };
}
