import { z } from 'zod';
import { assertion, coding, isoDate, list, noteCitation, oneOrMore, partialDate, provenance, when } from './common.ts';
import { medicationAction } from './notes.ts';
import { allergyStatement } from './patients.ts';

export const timelineEvent = z.object({
  id: z.string(),
  patient: z.string(),
  note: z.string(),
  entity: z.string(),
  kind: z.enum(['condition', 'finding', 'medication', 'procedure', 'result', 'habit', 'genotype']),
  display: z.string(),
  concept: z.string(),
  concepts: list(coding),
  assertion,
  when,
  action: medicationAction.nullable().optional(),
  dose: z.string().optional(),
  route: z.string().optional(),
  frequency: z.string().optional(),
  reason: z.string().optional(),
  value: z.string().optional(),
  unit: z.string().optional(),
  evidence: oneOrMore(noteCitation),
  by: provenance,
});
export const timelineResponse = z.object({ asOf: isoDate.nullable(), events: list(timelineEvent) });

/** What every item of a chart list has. */
const fact = z.object({
  id: z.string(),
  concept: z.string(),
  display: z.string(),
  codes: list(coding),
  evidence: oneOrMore(noteCitation),
  firstAsserted: isoDate,
  lastAsserted: isoDate,
  lastIndependentlyAsserted: isoDate,
  contextUncertain: z.boolean(),
});

export const medicationStep = z.object({
  action: z.enum(['start', 'stop', 'increase', 'decrease', 'hold', 'resume', 'continue', 'plan']),
  when,
  note: z.string(),
  noteDate: isoDate,
  dose: z.string().nullable(),
  route: z.string().nullable(),
  frequency: z.string().nullable(),
  reason: z.string().nullable(),
  reasonEvidence: noteCitation.nullable(),
  evidence: oneOrMore(noteCitation),
});

/** `start` and `stop` are dates as far as they are known; `startWhen` and `stopWhen` say how well. */
export const medicationItem = fact.extend({
  status: z.enum(['active', 'stopped', 'on-hold', 'planned', 'considered', 'allergy', 'historical', 'unknown']),
  dose: z.string().nullable(),
  route: z.string().nullable(),
  frequency: z.string().nullable(),
  start: partialDate.nullable(),
  stop: partialDate.nullable(),
  startWhen: when.nullable(),
  stopWhen: when.nullable(),
  /** Why it was stopped, else what it is given for; as written. */
  reason: z.string().nullable(),
  stopReason: z.string().nullable(),
  indication: z.string().nullable(),
  /** The most specific class. */
  class: z.string().nullable(),
  classes: list(z.string()),
  ingredients: list(z.string()),
  steps: list(medicationStep),
});

export const problemItem = fact.extend({
  kind: z.enum(['condition', 'finding']),
  status: z.enum(['active', 'resolved', 'ruled-out', 'suspected', 'family', 'historical']),
  onset: partialDate.nullable(),
  onsetWhen: when.nullable(),
  laterality: z.enum(['left', 'right', 'bilateral']).nullable(),
  relative: z.string().nullable(),
  denials: list(noteCitation),
  /** Where it stands in a list for reading; absent for what is ruled out or of the family. */
  group: z.enum(['current', 'recent', 'past', 'symptom']).optional(),
});

export const allergyItem = fact.extend({
  status: z.literal('active'),
  substance: z.string(),
  reaction: z.string().nullable(),
  interpreted: z.boolean(),
  classes: list(z.string()),
});

export const resultItem = fact.extend({
  status: z.literal('reported'),
  test: z.string(),
  value: z.string(),
  numbers: list(z.number()),
  unit: z.string().nullable(),
  quantity: z.object({ value: z.number(), unit: z.string() }).nullable(),
  date: partialDate.nullable(),
  when,
  referenceRange: z.string().nullable(),
  flag: z.enum(['low', 'high', 'critical', 'normal']).nullable(),
});

export const procedureItem = fact.extend({
  status: z.enum(['done', 'planned', 'not-done', 'historical', 'suspected']),
  date: partialDate.nullable(),
  when,
});

export const habitItem = fact.extend({
  habit: z.enum(['tobacco', 'alcohol', 'drugs', 'exercise', 'occupation', 'other']),
  status: z.enum(['current', 'former', 'never', 'unknown']),
  date: partialDate.nullable(),
  when,
});

export const genotypeMentionItem = fact.extend({
  status: z.literal('mentioned'),
  text: z.string(),
  date: partialDate.nullable(),
  when,
});

export const conflictItem = z.object({
  kind: z.enum([
    'allergy-against-order',
    'no-allergies-against-reaction',
    'laterality',
    'smoking',
    'active-against-resolved',
    'two-doses',
    'two-values',
    'present-against-denied',
  ]),
  concept: z.string(),
  display: z.string(),
  sides: list(z.object({ text: z.string(), date: isoDate, evidence: noteCitation })),
});

const listOf = <Item extends z.ZodType>(item: Item) => z.object({ asOf: isoDate.nullable(), items: list(item) });
export const medicationsResponse = listOf(medicationItem);
export const problemsResponse = listOf(problemItem);
export const allergiesResponse = listOf(allergyItem).extend({
  statement: allergyStatement,
  /** Where "no known allergies" is said. */
  statementEvidence: list(noteCitation),
});
export const resultsResponse = listOf(resultItem);
export const proceduresResponse = listOf(procedureItem);
export const habitsResponse = listOf(habitItem);
export const genotypesMentionedResponse = listOf(genotypeMentionItem);
export const conflictsResponse = listOf(conflictItem);

export const resultsQuery = z.object({
  asOf: isoDate.optional(),
  test: z.string().max(200).optional().meta({ description: 'Name, abbreviation or panel; all results without it' }),
});

export type TimelineEventView = z.infer<typeof timelineEvent>;
export type TimelineResponse = z.infer<typeof timelineResponse>;
export type MedicationItem = z.infer<typeof medicationItem>;
export type ProblemItem = z.infer<typeof problemItem>;
export type AllergyItem = z.infer<typeof allergyItem>;
export type ResultItem = z.infer<typeof resultItem>;
export type ProcedureItem = z.infer<typeof procedureItem>;
export type HabitItem = z.infer<typeof habitItem>;
export type GenotypeMentionItem = z.infer<typeof genotypeMentionItem>;
export type ConflictItem = z.infer<typeof conflictItem>;
export type MedicationsResponse = z.infer<typeof medicationsResponse>;
export type ProblemsResponse = z.infer<typeof problemsResponse>;
export type AllergiesResponse = z.infer<typeof allergiesResponse>;
export type ResultsResponse = z.infer<typeof resultsResponse>;
export type ProceduresResponse = z.infer<typeof proceduresResponse>;
export type HabitsResponse = z.infer<typeof habitsResponse>;
export type GenotypesMentionedResponse = z.infer<typeof genotypesMentionedResponse>;
export type ConflictsResponse = z.infer<typeof conflictsResponse>;
