import type { DrugRecommendation, GeneResult, WarfarinDose } from '../../domain/pgx.ts';
import type { PgxRules } from '../rules.ts';
import { computeDose } from './algorithms.ts';
import type { DoseInputs, NoDose, VkorcGenotype, WarfarinAlgorithm, WarfarinRace } from './algorithms.ts';

export { LIMITS, bodySurface, computeDose } from './algorithms.ts';
export type { ComputedDose, DoseInputs, NoDose, WarfarinAlgorithm, WarfarinRace } from './algorithms.ts';

/** What is known of the patient for a warfarin dose; the genotypes come from the results. */
export type WarfarinPatient = Omit<DoseInputs, 'vkorc1' | 'cyp2c9'> & {
  /** Whether CYP2C9 *5, *6, *8 and *11 were looked for; null where no report says so. */
  readonly africanAllelesTested: boolean | null;
};

export const UNKNOWN_PATIENT: WarfarinPatient = {
  ageYears: null,
  heightCm: null,
  weightKg: null,
  bsaM2: null,
  race: null,
  targetInr: null,
  enzymeInducer: null,
  amiodarone: null,
  smoker: null,
  africanAmerican: null,
  dvtOrPe: null,
  africanAllelesTested: null,
};

export interface WarfarinGuidance {
  readonly doses: readonly WarfarinDose[];
  readonly recommendation: DrugRecommendation;
}

const AFRICAN_ALLELES = ['*5', '*6', '*8', '*11'];
const ALGORITHMS: readonly WarfarinAlgorithm[] = [
  'IWPC_pharmacogenetic',
  'IWPC_clinical',
  'Gage_pharmacogenetic',
  'Gage_clinical',
];
const GUIDELINE = 'CYP2C9, VKORC1, CYP4F2 and Warfarin';

/**
 * CPIC's flow chart for warfarin (2017, figures 2 and 3) with the doses of the published algorithms. No dose for children;
 * for African ancestry no dose by genotype unless CYP2C9 *5, *6, *8 and *11 were tested too.
 */
export function adviseWarfarin(
  rules: PgxRules,
  results: readonly GeneResult[],
  patient: WarfarinPatient,
): WarfarinGuidance {
  const genotype = warfarinGenotype(results);
  const path = choosePath(genotype, {
    ...patient,
    africanAllelesTested: patient.africanAllelesTested ?? allelesRead(rules, results),
  });
  const inputs: DoseInputs = { ...patient, vkorc1: genotype.vkorc1, cyp2c9: genotype.cyp2c9 };
  const usable = ALGORITHMS.filter((name) => path.byGenotype || name.endsWith('_clinical'));
  const computed = usable.map((name) => ({ name, dose: doseOf(rules, name, inputs) }));
  const doses = computed.flatMap(({ name, dose }) =>
    'reason' in dose
      ? []
      : [{ algorithm: name, weeklyMg: round(dose.weeklyMg), dailyMg: round(dose.dailyMg), missing: dose.assumed }],
  );
  const refusals = computed.flatMap(({ name, dose }) => ('reason' in dose ? [`${name}: ${dose.reason}`] : []));
  return { doses, recommendation: toRecommendation(rules, genotype, path, doses, refusals) };
}

function doseOf(rules: PgxRules, name: WarfarinAlgorithm, inputs: DoseInputs): ReturnType<typeof computeDose> {
  const algorithm = rules.warfarin.get(name);
  const refusal: NoDose = { reason: 'the release has no such algorithm' };
  return algorithm === undefined ? refusal : computeDose(name, algorithm, inputs);
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

/** Whether a VCF has every position of CYP2C9 *5, *6, *8 and *11; null where CYP2C9 does not come from a VCF. */
function allelesRead(rules: PgxRules, results: readonly GeneResult[]): boolean | null {
  const result = results.find(({ gene }) => gene === 'CYP2C9');
  const gene = rules.genes.get('CYP2C9');
  if (result?.source.kind !== 'vcf' || gene === undefined) return null;
  const missing = new Set(
    result.warnings
      .filter(({ code }) => code === 'POSITIONS_MISSING')
      .flatMap(({ positions = [] }) => positions.map(({ pos }) => pos)),
  );
  const needed = AFRICAN_ALLELES.flatMap((allele) =>
    (gene.alleles.get(allele)?.variants ?? []).map(([index]) => gene.positions[index]?.pos),
  );
  return needed.every((pos) => pos !== undefined && !missing.has(pos));
}

interface WarfarinGenotype {
  readonly vkorc1: VkorcGenotype | null;
  /** Pair of *1, *2 and *3; null where another allele is carried or the gene is not known. */
  readonly cyp2c9: string | null;
  readonly carriesAfricanAllele: readonly string[];
  readonly otherAlleles: readonly string[];
  readonly poorMetabolizer: boolean;
  /** Null where CYP4F2 was not tested. */
  readonly carriesCyp4f2: boolean | null;
  /** Null where rs12777823 was not read. */
  readonly carriesRs12777823: boolean | null;
  readonly tested: { readonly vkorc1: boolean; readonly cyp2c9: boolean };
}

function warfarinGenotype(results: readonly GeneResult[]): WarfarinGenotype {
  const of = (gene: string): GeneResult | undefined => results.find((result) => result.gene === gene);
  const vkorc1 = /^-1639 (GG|AG|AA)$/.exec(single(of('VKORC1')?.phenotype) ?? '')?.[1] as VkorcGenotype | undefined;
  const alleles = single(of('CYP2C9')?.diplotypes) ?? [];
  const covered = alleles.length === 2 && alleles.every((allele) => /^\*[123]$/.test(allele));
  const cyp4f2 = single(of('CYP4F2')?.diplotypes);
  return {
    vkorc1: vkorc1 ?? null,
    cyp2c9: covered ? [...alleles].sort().join('/') : null,
    carriesAfricanAllele: alleles.filter((allele) => AFRICAN_ALLELES.includes(allele)),
    otherAlleles: alleles.filter((allele) => !/^\*[123]$/.test(allele) && !AFRICAN_ALLELES.includes(allele)),
    poorMetabolizer: of('CYP2C9')?.phenotype.includes('Poor Metabolizer') ?? false,
    carriesCyp4f2: cyp4f2 === undefined ? null : cyp4f2.some((allele) => allele === '*3' || allele === '*4'),
    carriesRs12777823: carriesExtra(of('CYP2C9')),
    tested: { vkorc1: of('VKORC1') !== undefined, cyp2c9: of('CYP2C9') !== undefined },
  };
}

function carriesExtra(result: GeneResult | undefined): boolean | null {
  const variant = result?.extraVariants?.find(({ rsid }) => rsid === 'rs12777823');
  return variant?.alleles?.includes('A') ?? null;
}

/** The only item of a list; undefined where calls tie. */
function single<T>(items: readonly T[] | undefined): T | undefined {
  return items?.length === 1 ? items[0] : undefined;
}

interface Path {
  readonly byGenotype: boolean;
  readonly classification: string | null;
  readonly text: readonly string[];
  readonly missing: readonly string[];
}

/** Walks the flow chart. */
function choosePath(genotype: WarfarinGenotype, patient: WarfarinPatient): Path {
  if (patient.ageYears !== null && patient.ageYears < 18) return childPath();
  const untested = [...(genotype.tested.vkorc1 ? [] : ['VKORC1']), ...(genotype.tested.cyp2c9 ? [] : ['CYP2C9'])];
  if (untested.length > 0)
    return clinicalPath(`${untested.join(' and ')} not known`, [
      `with ${untested.join(' and ')} the dose can be worked out from the genotype`,
    ]);
  const isAfrican = patient.race === 'Black' || patient.africanAmerican === true;
  const seen = genotype.carriesAfricanAllele.length > 0;
  if (isAfrican && !seen && patient.africanAllelesTested !== true) {
    return clinicalPath('African ancestry, and no report says that CYP2C9 *5, *6, *8 and *11 were tested', [
      'with CYP2C9 *5, *6, *8 and *11 tested the dose can be worked out from the genotype',
    ]);
  }
  const ancestry =
    patient.race === null && patient.africanAmerican === null
      ? ['ancestry: for African ancestry CYP2C9 *5, *6, *8 and *11 have to be tested first']
      : [];
  return {
    byGenotype: genotype.carriesAfricanAllele.length === 0 && genotype.otherAlleles.length === 0,
    classification: isAfrican ? 'Moderate' : 'Strong',
    text: [
      'Calculate the dose with a validated published pharmacogenetic algorithm (VKORC1 -1639G>A, CYP2C9 *2 and *3).',
      ...adjustments(genotype, isAfrican),
    ],
    missing: ancestry,
  };
}

function childPath(): Path {
  return {
    byGenotype: false,
    classification: null,
    text: [
      'No dose is worked out here for children: the algorithms are for adults. CPIC has its own flow chart for children, with paediatric algorithms for European ancestry.',
    ],
    missing: [],
  };
}

function clinicalPath(why: string, missing: readonly string[]): Path {
  return {
    byGenotype: false,
    classification: 'Strong',
    text: [`Dose clinically, without genotype (${why}).`],
    missing,
  };
}

/** What the flow chart adds to the calculated dose. */
function adjustments(genotype: WarfarinGenotype, isAfrican: boolean): readonly string[] {
  const { carriesAfricanAllele: african, otherAlleles, vkorc1 } = genotype;
  const decrease = african.length >= 2 ? '20-40%' : '15-30%';
  const sensitive = vkorc1 === 'AG' || vkorc1 === 'AA';
  return [
    ...(african.length > 0
      ? [
          `Carries CYP2C9 ${african.join(' and ')}: decrease the calculated dose by ${decrease}; no figure is given here, because the algorithms do not know these alleles.`,
        ]
      : []),
    ...(otherAlleles.length > 0
      ? [`CYP2C9 ${otherAlleles.join(' and ')} is not covered by the algorithms: no dose by genotype is given here.`]
      : []),
    ...(!isAfrican && genotype.carriesCyp4f2 === true
      ? ['Carries the CYP4F2 rs2108622 T allele: increase the dose by 5-10% (optional).']
      : []),
    ...(isAfrican ? rs12777823Words(genotype.carriesRs12777823) : []),
    ...(genotype.poorMetabolizer
      ? [
          `CYP2C9 poor metabolism${sensitive ? ' with increased VKORC1 sensitivity' : ''}: consider an alternative anticoagulant.`,
        ]
      : []),
  ];
}

function rs12777823Words(carries: boolean | null): readonly string[] {
  if (carries === false) return [];
  const who = carries === true ? 'Carries rs12777823 A' : 'Carriers of rs12777823 A (not known here)';
  return [`${who}: among African Americans decrease the dose by 10-25%.`];
}

function toRecommendation(
  rules: PgxRules,
  genotype: WarfarinGenotype,
  path: Path,
  doses: readonly WarfarinDose[],
  refusals: readonly string[],
): DrugRecommendation {
  const guideline = [...rules.cpicGuidelines.values()].find(({ name }) => name === GUIDELINE);
  const best = doses.find(({ algorithm }) => algorithm === 'IWPC_pharmacogenetic') ?? doses[0];
  const figure =
    best === undefined
      ? []
      : [
          `${best.algorithm.replace('_', ' ')}: about ${best.dailyMg.toFixed(1)} mg a day (${best.weeklyMg.toFixed(0)} mg a week), to be adjusted by INR.`,
        ];
  return {
    drug: 'warfarin',
    source: 'CPIC',
    guideline: GUIDELINE,
    release: rules.sources['cpic'] ?? rules.release,
    rowId: null,
    url: guideline?.url ?? '',
    genes: [
      ...(genotype.tested.cyp2c9 ? [{ gene: 'CYP2C9', key: genotype.cyp2c9 ?? 'another allele' }] : []),
      ...(genotype.tested.vkorc1 ? [{ gene: 'VKORC1', key: genotype.vkorc1 ?? 'not certain' }] : []),
    ],
    classification: path.classification,
    implications: implications(genotype),
    text: [...path.text, ...figure].join(' '),
    population: null,
    flags: { changeDose: needsLess(genotype), alternativeDrug: genotype.poorMetabolizer, otherGuidance: true },
    missing: [...path.missing, ...(best?.missing ?? []), ...refusals],
    warnings: [],
  };
}

function needsLess(genotype: WarfarinGenotype): boolean {
  return (
    genotype.vkorc1 === 'AG' || genotype.vkorc1 === 'AA' || (genotype.cyp2c9 !== null && genotype.cyp2c9 !== '*1/*1')
  );
}

function implications(genotype: WarfarinGenotype): readonly { gene: string; text: string }[] {
  const sensitivity = { GG: 'usual', AG: 'intermediate', AA: 'high' } as const;
  const cyp2c9 =
    genotype.cyp2c9 === null || genotype.cyp2c9 === '*1/*1'
      ? []
      : [{ gene: 'CYP2C9', text: 'Slower clearance of S-warfarin: a lower dose, and longer to a steady INR' }];
  const vkorc1 =
    genotype.vkorc1 === null ? [] : [{ gene: 'VKORC1', text: `${sensitivity[genotype.vkorc1]} warfarin sensitivity` }];
  return [...cyp2c9, ...vkorc1];
}

/** Race as the IWPC model codes it; null where nothing is stated. */
export function warfarinRace(race: string | null | undefined): WarfarinRace | null {
  const words = race?.trim() ?? '';
  if (words === '' || /unknown|declined|not (?:stated|recorded)/i.test(words)) return null;
  const hits = [
    ...(/\b(?:black|african)/i.test(words) ? (['Black'] as const) : []),
    ...(/\b(?:asian|chinese|japanese|korean|vietnamese|filipino|thai|indian(?! ?american)|pakistani|bangladeshi)/i.test(
      words,
    )
      ? (['Asian'] as const)
      : []),
    ...(/\b(?:white|caucasian|european)/i.test(words) ? (['White'] as const) : []),
  ];
  return hits.length === 1 ? hits[0]! : 'MissingOrMixed';
}
