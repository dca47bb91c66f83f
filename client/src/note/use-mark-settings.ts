import { useLocalStorage } from '@mantine/hooks';
import { useMemo } from 'react';
import type { MarkSettings } from '../convert/visible-marks.ts';

interface Stored extends MarkSettings {
  readonly fold: boolean;
}

export interface MarkSettingsControl extends Stored {
  readonly toggleLabel: (label: string) => void;
  readonly toggleForm: (form: string) => void;
  readonly setRaw: (raw: boolean) => void;
  readonly setFold: (fold: boolean) => void;
}

const DEFAULTS: Stored = { hiddenLabels: [], hiddenForms: [], raw: false, fold: false };

function toggled(list: readonly string[], item: string): string[] {
  return list.includes(item) ? list.filter((one) => one !== item) : [...list, item];
}

/** Which marks are shown; kept in this browser. */
export function useMarkSettings(): MarkSettingsControl {
  const [stored, setStored] = useLocalStorage<Stored>({ key: 'anamnesis-marks', defaultValue: DEFAULTS });
  return useMemo(
    () => ({
      ...DEFAULTS,
      ...stored,
      toggleLabel: (label) => setStored((was) => ({ ...was, hiddenLabels: toggled(was.hiddenLabels, label) })),
      toggleForm: (form) => setStored((was) => ({ ...was, hiddenForms: toggled(was.hiddenForms, form) })),
      setRaw: (raw) => setStored((was) => ({ ...was, raw })),
      setFold: (fold) => setStored((was) => ({ ...was, fold })),
    }),
    [stored, setStored],
  );
}
