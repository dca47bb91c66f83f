import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Writes the rule set `pgx/<release>` from the sources under `.data/data/pgx/raw`. Allele definitions, functions and
 * guideline flags are facts and are re-expressed here; the only wording copied is CPIC's (CC0) and FDA's (public domain).
 */

const RELEASE = '2025-11';

type Json = Record<string, unknown>;

interface CoreGene {
  chrom?: string;
  pos?: [number, string, string[], string | null][];
  ref?: string;
  alleles: Record<string, { v?: [number, string][]; f?: number; av?: string }>;
  fn?: string[];
  pair?: Record<string, string>;
  scoreBySum?: boolean;
  asRule?: (number | string)[][];
  sub?: Record<string, string>;
}

interface Exemption {
  requiredPositions: number[];
  extraPositions: { position: number; ref: string; alts: string[]; rsid: string | null }[];
  unphasedDiplotypePriorities: { list: string[]; pick: string }[];
}

/** Genes whose undocumented bases are read as reference, REPORT section 2 "Reading VCF". */
const UNDOCUMENTED_AS_REFERENCE = ['CACNA1S', 'DPYD', 'G6PD', 'NUDT15', 'RYR1', 'TPMT'];
const LOWEST_FUNCTION = ['DPYD', 'RYR1'];
const HAPLOID = ['G6PD', 'MT-RNR1'];
const NOT_FROM_VCF = ['CYP2D6', 'MT-RNR1', 'HLA-A', 'HLA-B'];
const ALLELE_STATUS = { 'HLA-A': ['*31:01'], 'HLA-B': ['*15:02', '*57:01', '*58:01'] };

/** Builds the set into `outDir/<release>`. @returns false, after saying so, where the sources are not laid out. */
export function buildPgxRules(rawDir: string, outDir: string): boolean {
  if (!existsSync(join(rawDir, 'minimal/pgx-core.json'))) {
    console.warn(`pgx rules: skipped, ${rawDir} is not laid out (run ../shared/unpack.sh .data)`);
    return false;
  }
  const read = (path: string): unknown => JSON.parse(readFileSync(join(rawDir, path), 'utf8'));
  const files: Record<string, string> = {
    'genes.json': genesFile(
      read('minimal/pgx-core.json') as { genes: Record<string, CoreGene> },
      read('pharmcat/alleles/exemptions.json') as Record<string, Exemption>,
    ),
    'cpic.json': cpicFile(
      read('cpic/recommendation.json') as Json[],
      read('cpic/drug.json') as Json[],
      read('cpic/guideline.json') as Json[],
      read('cpic/pair_view.json') as Json[],
    ),
    'dpwg.json': dpwgFile(join(rawDir, 'clinpgx-ccbysa/guidelines-2024-05')),
    'fda.json': fdaFile(read('fda/fda-pgx.json') as Json),
    'drugs.json': drugsFile(read('cpic/drug.json') as Json[]),
    'perpetrators.json': perpetratorsFile(readFileSync(join(rawDir, 'phenoconversion/perpetrators.tsv'), 'utf8')),
    'warfarin.json': rows({ algorithms: Object.entries(read('warfarin/coefficients.json') as Json) }),
  };
  writeRuleSet(join(outDir, RELEASE), files);
  return true;
}

function writeRuleSet(dir: string, files: Record<string, string>): void {
  mkdirSync(dir, { recursive: true });
  const hashes: Record<string, string> = {};
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(dir, name), text);
    hashes[name] = createHash('sha256').update(text).digest('hex');
  }
  const manifest = {
    ruleSet: 'pgx',
    release: RELEASE,
    source:
      'Allele definitions, functions and calling exemptions as of PharmCAT 3.1.1 data 2025-11-05 (facts from CPIC, PharmVar, ClinPGx); CPIC API 2026-08-14; DPWG flags as of ClinPGx 2024-05; FDA Table of Pharmacogenetic Associations 2026-08-13; inhibitor sources named row by row; IWPC 2009, Gage 2008',
    licence:
      'CPIC text CC0 (credit CPIC; no endorsement implied); FDA text public domain; everything else facts re-expressed, no third-party wording',
    sources: {
      definitions: 'PharmVar/CPIC/ClinPGx definitions 2025-11-05',
      cpic: 'CPIC 2026-08-14',
      dpwg: 'DPWG 2024-05',
      fda: 'FDA 2026-08-13',
      phenoconversion: 'phenoconversion 2026-08',
      warfarin: 'CPIC warfarin 2017; IWPC 2009; Gage 2008',
    },
    files: hashes,
  };
  writeFileSync(join(dir, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

function genesFile(core: { genes: Record<string, CoreGene> }, exemptions: Record<string, Exemption>): string {
  const genes: Json[] = Object.entries(core.genes).map(([gene, data]) => geneRow(gene, data, exemptions[gene]));
  for (const gene of Object.keys(ALLELE_STATUS)) {
    genes.push({ gene, chrom: 'chr6', callableFromVcf: false, positions: [], reference: null, alleles: [] });
  }
  genes.sort((a, b) => (String(a['gene']) < String(b['gene']) ? -1 : 1));
  return rows({ genes, alleleStatus: Object.entries(ALLELE_STATUS) });
}

function geneRow(gene: string, data: CoreGene, exemption: Exemption | undefined): Json {
  const functions = data.fn ?? [];
  const row: Json = {
    gene,
    chrom: data.chrom ?? null,
    callableFromVcf: !NOT_FROM_VCF.includes(gene),
    positions: data.pos ?? [],
    reference: data.ref ?? null,
    alleles: Object.entries(data.alleles).map(([name, allele]) => [
      name,
      allele.v ?? null,
      (allele.f === undefined ? null : functions[allele.f]) || null,
      allele.av ?? null,
    ]),
    phenotypeRule: phenotypeRule(data),
    phenotypes: Object.entries(data.pair ?? {}).map(([key, phenotype]) => [
      key.split('|').map((index) => functions[Number(index)]),
      phenotype,
    ]),
  };
  if (data.sub) row['reportAs'] = Object.entries(data.sub);
  if (exemption?.requiredPositions.length) row['requiredPositions'] = exemption.requiredPositions;
  if (exemption?.extraPositions.length) {
    row['extraPositions'] = exemption.extraPositions.map((p) => [p.position, p.ref, p.alts, p.rsid]);
  }
  if (exemption?.unphasedDiplotypePriorities.length) {
    row['tiePicks'] = exemption.unphasedDiplotypePriorities.map((tie) => [tie.list, tie.pick]);
  }
  if (UNDOCUMENTED_AS_REFERENCE.includes(gene)) row['undocumentedAsReference'] = true;
  if (LOWEST_FUNCTION.includes(gene)) row['lowestFunction'] = true;
  if (HAPLOID.includes(gene)) row['haploid'] = true;
  return row;
}

function phenotypeRule(data: CoreGene): Json {
  if (data.asRule) return { kind: 'score', steps: data.asRule.map(scoreStep) };
  if (data.scoreBySum) return { kind: 'functions-and-score' };
  // A gene whose alleles have functions but no pairs (IFNL3) has a phenotype that is not known; without functions (CYP4F2) it has none.
  return { kind: data.fn === undefined ? 'none' : 'functions' };
}

/** `[0, name]` equal to 0; `[1.25, '<', name]` below; `[2.25, '<=', name]` up to; `['inf', name]` the rest. */
function scoreStep(step: (number | string)[]): Json {
  const [bound, comparison] = step;
  const phenotype = step.at(-1);
  return { below: bound === 'inf' ? null : bound, inclusive: comparison !== '<', phenotype };
}

function cpicFile(recommendations: Json[], drugs: Json[], guidelines: Json[], pairs: Json[]): string {
  const drugNames = new Map(drugs.map((drug) => [String(drug['drugid']), String(drug['name'])]));
  const bodies: unknown[][] = [];
  const bodyIndex = new Map<string, number>();
  const intern = (body: unknown[]): number => {
    const key = JSON.stringify(body);
    const known = bodyIndex.get(key);
    if (known !== undefined) return known;
    bodyIndex.set(key, bodies.push(body) - 1);
    return bodies.length - 1;
  };
  const table = recommendations.map((r) => {
    const flags = [r['dosinginformation'], r['alternatedrugavailable'], r['otherprescribingguidance']].map(Number);
    const body = [r['classification'], r['drugrecommendation'], r['implications'], r['comments'], flags];
    const subject = [r['phenotypes'], r['activityscore'], r['allelestatus']];
    const drug = drugNames.get(String(r['drugid'])) ?? String(r['drugid']);
    return [r['id'], r['guidelineid'], drug, r['population'], r['lookupkey'], intern(body), intern(subject)];
  });
  return rows({
    rows: table,
    bodies,
    guidelines: guidelines.map((g) => [g['id'], g['name'], g['url'], g['genes']]),
    pairs: pairs.map((p) => [
      p['drugname'],
      p['genesymbol'],
      p['cpiclevel'],
      p['usedforrecommendation'] === 'Yes',
      p['guidelinename'] ?? null,
      p['guidelineurl'] ?? null,
    ]),
  });
}

interface DpwgFile {
  guideline: { id: string; url: string };
  recommendations: {
    id: string;
    population: string | null;
    classification: { term: string } | null;
    relatedChemicals: { name: string }[];
    text: unknown;
    lookupKey: Record<string, string>;
    dosingInformation: boolean;
    alternateDrugAvailable: boolean;
    otherPrescribingGuidance: boolean;
  }[];
}

/** Facts only: the drug, the key and the flags. The wording of the annotations is not ours to ship and is left behind. */
function dpwgFile(dir: string): string {
  const names = readdirSync(dir)
    .filter((name) => name.startsWith('DPWG_'))
    .sort();
  const table = names.flatMap((name) => {
    const file = JSON.parse(readFileSync(join(dir, name), 'utf8')) as DpwgFile;
    return file.recommendations.map((r) => [
      r.id,
      file.guideline.id,
      file.guideline.url,
      r.relatedChemicals.map((chemical) => chemical.name),
      r.lookupKey,
      r.population,
      r.classification?.term ?? null,
      [r.dosingInformation, r.alternateDrugAvailable, r.otherPrescribingGuidance].map(Number),
      Number(Boolean(r.text)),
    ]);
  });
  return rows({ rows: table });
}

function fdaFile(table: Json): string {
  const associations = table['associations'] as Json[];
  return rows({
    url: table['source_url'],
    retrieved: String(table['retrieved_at']).slice(0, 10),
    rows: associations.map((r) => [r['gene'], r['drug'], r['section'], r['affected_subgroups'], r['description']]),
  });
}

function drugsFile(drugs: Json[]): string {
  const table = drugs.map((d) => [d['name'], d['drugid'], d['rxnormid'], d['atcid'] ?? [], d['flowchart'] ?? null]);
  table.sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
  return rows({ rows: table });
}

function perpetratorsFile(tsv: string): string {
  const table = tsv
    .split('\n')
    .slice(1)
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [enzyme, drug, effect, strength, verified, conflict, source, note] = line.split('\t');
      return [enzyme, drug, effect, strength, verified === 'yes', conflict || null, source, note || null];
    });
  return rows({ rows: table });
}

/** JSON with one array item a line, so that a change of one rule is a change of one line. */
function rows(content: Json): string {
  const members = Object.entries(content).map(([name, value]) => {
    if (!Array.isArray(value)) return `${JSON.stringify(name)}: ${JSON.stringify(value)}`;
    return `${JSON.stringify(name)}: [\n${value.map((item) => JSON.stringify(item)).join(',\n')}\n]`;
  });
  return `{\n${members.join(',\n')}\n}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  if (buildPgxRules(join(root, '.data/data/pgx/raw'), join(root, 'pipelines/rules/pgx')))
    console.log('pgx rules written');
}
