/** What is known of the patient that guidelines distinguish. */
export interface PgxPatient {
  readonly ageYears?: number | null;
  readonly weightKg?: number | null;
  /** What the drug is for, in words. */
  readonly indication?: string | null;
  /** Whether the drug has been taken for more than three months already; null where not known. */
  readonly takenOverThreeMonths?: boolean | null;
  readonly noAlternatives?: boolean | null;
}

export type Fit = 'yes' | 'no' | 'unknown';

const ADULT_FROM = 18;

interface PopulationRule {
  readonly pattern: RegExp;
  readonly fits: (patient: PgxPatient) => Fit;
  /** What would have to be known. */
  readonly asks: string;
}

const of = (value: boolean | null): Fit => (value === null ? 'unknown' : value ? 'yes' : 'no');

/** Words of CPIC's population column, each with what decides it. */
const RULES: readonly PopulationRule[] = [
  { pattern: /^child >40kg_adult$/, fits: adultOrOver40, asks: 'age, and weight of a child' },
  { pattern: /^adults?$/, fits: (p) => of(isAdult(p)), asks: 'age' },
  { pattern: /^pediatrics?$/, fits: (p) => of(not(isAdult(p))), asks: 'age' },
  { pattern: /^CVI ACS PCI$/, fits: (p) => indicationIs(p, 'acs'), asks: 'indication' },
  { pattern: /^CVI non-ACS non-PCI$/, fits: (p) => indicationIs(p, 'cardiovascular'), asks: 'indication' },
  { pattern: /^NVI$/, fits: (p) => indicationIs(p, 'neurovascular'), asks: 'indication' },
  { pattern: / naive$/, fits: (p) => of(not(p.takenOverThreeMonths ?? null)), asks: 'whether it is taken already' },
  { pattern: / use >3 ?mos$/, fits: (p) => of(p.takenOverThreeMonths ?? null), asks: 'how long it is taken already' },
  { pattern: /no alternatives$/, fits: (p) => of(p.noAlternatives ?? null), asks: 'whether there is an alternative' },
];

/** Whether a row is for this patient; `unknown` where what decides it is not known, so that the row is shown with that said. */
export function populationFit(population: string | null, patient: PgxPatient): Fit {
  const rule = ruleOf(population);
  return rule === undefined ? 'yes' : rule.fits(patient);
}

/** What would have to be known to tell whether a row is for the patient. */
export function populationAsks(population: string | null): string | null {
  return ruleOf(population)?.asks ?? null;
}

/** Populations come from the tables' rows, so that there are few. */
const ruleByWords = new Map<string, PopulationRule | undefined>();

function ruleOf(population: string | null): PopulationRule | undefined {
  const words = population?.trim() ?? '';
  if (ruleByWords.has(words)) return ruleByWords.get(words);
  const rule = RULES.find(({ pattern }) => pattern.test(words));
  ruleByWords.set(words, rule);
  return rule;
}

function isAdult(patient: PgxPatient): boolean | null {
  return patient.ageYears == null ? null : patient.ageYears >= ADULT_FROM;
}

function not(value: boolean | null): boolean | null {
  return value === null ? null : !value;
}

function adultOrOver40(patient: PgxPatient): Fit {
  if (isAdult(patient) === true || (patient.weightKg ?? 0) > 40) return 'yes';
  return patient.ageYears == null || patient.weightKg == null ? 'unknown' : 'no';
}

const INDICATIONS = {
  acs: /\b(?:acs|pci|stent\w*|angioplast\w*|acute coronary|(?:n?stemi)|myocardial infarct\w*|heart attack|unstable angina|mi)\b/i,
  neurovascular: /\b(?:stroke|tia|transient isch\w+|cerebrovascular|carotid|intracranial|neurovascular)\b/i,
  cardiovascular:
    /\b(?:peripheral arter\w*|pad|stable angina|coronary artery disease|cad|atheroscler\w*|claudication|cardiovascular)\b/i,
} as const;

function indicationIs(patient: PgxPatient, kind: keyof typeof INDICATIONS): Fit {
  const words = patient.indication?.trim() ?? '';
  if (words === '') return 'unknown';
  if (INDICATIONS[kind].test(words)) return kind === 'cardiovascular' && INDICATIONS.acs.test(words) ? 'no' : 'yes';
  const others = Object.entries(INDICATIONS).some(([name, pattern]) => name !== kind && pattern.test(words));
  return others ? 'no' : 'unknown';
}
