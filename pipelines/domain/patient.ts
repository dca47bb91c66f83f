import type { IsoDate, PatientId } from './ids.ts';

export interface Identifier {
  readonly system: string;
  readonly value: string;
}

export type Sex = 'female' | 'male' | 'other' | 'unknown';

export interface Patient {
  readonly id: PatientId;
  readonly name: string;
  readonly birthDate: IsoDate | null;
  readonly sex: Sex | null;
  readonly race: string | null;
  readonly ethnicity: string | null;
  readonly identifiers: readonly Identifier[];
}
