import { z } from 'zod';
import { id, isoDate, list, noteCitation } from './common.ts';

export const sex = z.enum(['female', 'male', 'other', 'unknown']);
/** Text without control characters and halves of characters, which could not be kept as they came. */
const plainText = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u);
export const identifier = z.object({ system: z.string().max(200), value: z.string().min(1).max(200) });
export const allergyStatement = z.enum(['allergies listed', 'no known allergies stated', 'no allergy statement found']);

export const createPatientRequest = z.object({
  name: plainText,
  birthDate: isoDate.nullish(),
  sex: sex.nullish(),
  race: z.string().max(200).nullish(),
  ethnicity: z.string().max(200).nullish(),
  identifiers: z.array(identifier).max(50).optional(),
});
export const createPatientResponse = z.object({ id });

export const patient = z.object({
  id,
  name: z.string(),
  birthDate: isoDate.nullable(),
  sex: sex.nullable(),
  race: z.string().nullable(),
  ethnicity: z.string().nullable(),
  identifiers: list(identifier),
});

/** What the patient banner always shows; derived from the notes read so far. */
export const banner = z.object({
  /** Date of the last note read; null for a chart without notes. */
  asOf: isoDate.nullable(),
  /** Whole years on `asOf`. */
  age: z.number().int().nullable(),
  allergyStatement,
  allergies: list(
    z.object({
      display: z.string(),
      reaction: z.string().nullable(),
      interpreted: z.boolean(),
      evidence: list(noteCitation),
    }),
  ),
  /** Notes that are stored and not yet read: the banner may be incomplete while this is not 0. */
  unread: z.number().int(),
});

export const patientSummary = z.object({
  id,
  name: z.string(),
  birthDate: isoDate.nullable(),
  sex: sex.nullable(),
  notes: z.number().int(),
  lastNote: isoDate.nullable(),
});
export const listPatientsResponse = z.object({ patients: list(patientSummary) });
export const getPatientResponse = patient.extend({
  notes: z.number().int(),
  lastNote: isoDate.nullable(),
  banner,
});

export type CreatePatientRequest = z.infer<typeof createPatientRequest>;
export type CreatePatientResponse = z.infer<typeof createPatientResponse>;
export type PatientSummary = z.infer<typeof patientSummary>;
export type Banner = z.infer<typeof banner>;
export type ListPatientsResponse = z.infer<typeof listPatientsResponse>;
export type GetPatientResponse = z.infer<typeof getPatientResponse>;
