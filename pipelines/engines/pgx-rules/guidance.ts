import type {
  CpicGuideline,
  CpicPair,
  CpicRecommendation,
  DoseAlgorithm,
  DpwgRule,
  FdaAssociation,
  FdaTable,
  GuidanceFlags,
  PerpetratorRule,
  PgxDrug,
} from '../../pgx/rules.ts';

type FlagBits = readonly [dose: number, alternative: number, other: number];
type ByGene = Readonly<Record<string, string>>;

/** Shape of `cpic.json`: texts that rows share are stored once in `bodies`. */
export interface CpicFile {
  readonly rows: readonly (readonly [
    id: number,
    guidelineId: number,
    drug: string,
    population: string,
    lookupKey: ByGene,
    body: number,
    subject: number,
  ])[];
  readonly bodies: readonly unknown[];
  readonly guidelines: readonly (readonly [id: number, name: string, url: string, genes: readonly string[]])[];
  readonly pairs: readonly (readonly [
    drug: string,
    gene: string,
    level: string,
    used: boolean,
    guidelineName: string | null,
    guidelineUrl: string | null,
  ])[];
}

type Body = readonly [classification: string, text: string, implications: ByGene, comments: string | null, FlagBits];
type Subject = readonly [phenotypes: ByGene, activityScore: ByGene, alleleStatus: ByGene];

export function toCpic(file: CpicFile): {
  rows: readonly CpicRecommendation[];
  guidelines: ReadonlyMap<number, CpicGuideline>;
  pairs: readonly CpicPair[];
} {
  const rows = file.rows.map(([id, guidelineId, drug, population, lookupKey, body, subject]) => {
    const [classification, text, implications, comments, flags] = file.bodies[body] as Body;
    const [phenotypes, activityScore, alleleStatus] = file.bodies[subject] as Subject;
    return {
      id,
      guidelineId,
      drug: drug.toLowerCase(),
      lookupKey,
      population,
      classification,
      text,
      implications,
      phenotypes,
      activityScore,
      alleleStatus,
      comments,
      flags: toFlags(flags),
    };
  });
  const guidelines = new Map(file.guidelines.map(([id, name, url, genes]) => [id, { id, name, url, genes }]));
  const pairs = file.pairs.map(([drug, gene, level, usedForRecommendation, name, url]) => ({
    drug: drug.toLowerCase(),
    gene,
    level,
    usedForRecommendation,
    guideline: name !== null && url !== null ? { name, url } : null,
  }));
  return { rows, guidelines, pairs };
}

/** Shape of `dpwg.json`. */
export interface DpwgFile {
  readonly rows: readonly (readonly [
    id: string,
    guidelineId: string,
    url: string,
    drugs: readonly string[],
    lookupKey: DpwgRule['lookupKey'],
    population: string | null,
    classification: string | null,
    flags: FlagBits,
    hasText: number,
  ])[];
}

export function toDpwg(file: DpwgFile): readonly DpwgRule[] {
  return file.rows.map(([id, guidelineId, url, drugs, lookupKey, population, classification, flags, hasText]) => ({
    id,
    guidelineId,
    url,
    drugs: drugs.map((drug) => drug.toLowerCase()),
    lookupKey,
    population,
    classification,
    flags: toFlags(flags),
    hasText: hasText === 1,
  }));
}

/** Shape of `fda.json`. */
export interface FdaFile {
  readonly url: string;
  readonly retrieved: string;
  readonly rows: readonly (readonly [
    gene: string,
    drug: string,
    section: FdaAssociation['section'],
    subgroups: string,
    description: string,
  ])[];
}

export function toFda(file: FdaFile): FdaTable {
  const rows = file.rows.map(([gene, drug, section, affectedSubgroups, description]) => ({
    gene,
    drug,
    section,
    affectedSubgroups,
    description,
  }));
  return { url: file.url, retrieved: file.retrieved, rows };
}

/** Shape of `drugs.json`. */
export interface DrugsFile {
  readonly rows: readonly (readonly [
    name: string,
    drugId: string | null,
    rxnorm: string | null,
    atc: readonly string[],
    flowchart: string | null,
  ])[];
}

export function toDrugs(file: DrugsFile): ReadonlyMap<string, PgxDrug> {
  const drugs = file.rows.map(([name, drugId, rxnorm, atc, flowchart]) => {
    const lower = name.toLowerCase();
    return [lower, { name: lower, drugId, rxnorm, atc, flowchart }] as const;
  });
  return new Map(drugs);
}

/** Shape of `perpetrators.json`. */
export interface PerpetratorsFile {
  readonly rows: readonly (readonly [
    enzyme: string,
    drug: string,
    effect: PerpetratorRule['effect'],
    strength: PerpetratorRule['strength'],
    verified: boolean,
    conflict: string | null,
    source: string,
    note: string | null,
  ])[];
}

export function toPerpetrators(file: PerpetratorsFile): readonly PerpetratorRule[] {
  return file.rows.map(([enzyme, drug, effect, strength, verified, conflict, source, note]) => ({
    enzyme,
    drug: drug.toLowerCase(),
    effect,
    strength,
    verified,
    conflict,
    source,
    note,
  }));
}

/** Shape of `warfarin.json`. */
export interface WarfarinFile {
  readonly algorithms: readonly (readonly [name: string, algorithm: Partial<DoseAlgorithm>])[];
}

/** An algorithm whose source reads "same" takes the source of the one before it. */
export function toWarfarin(file: WarfarinFile): ReadonlyMap<string, DoseAlgorithm> {
  let source = '';
  const algorithms = file.algorithms.map(([name, { form = '', terms = {}, source: own = '', notes = [] }]) => {
    source = own === 'same' ? source : own;
    return [name, { form, terms, source, notes }] as const;
  });
  return new Map(algorithms);
}

function toFlags([dose, alternative, other]: FlagBits): GuidanceFlags {
  return { changeDose: dose === 1, alternativeDrug: alternative === 1, otherGuidance: other === 1 };
}
