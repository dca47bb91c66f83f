import { readSource, toTsv, tsvRecords } from './sources.ts';

interface CanonicalDrug {
  readonly canonical: string;
  readonly drugbank_id?: string;
  readonly mesh_id?: string;
  readonly medline_plus_id?: string;
  readonly nhs_url?: string;
  readonly wikipedia_url?: string;
}

interface CpicDrug {
  readonly name: string;
  readonly rxnormid: string | null;
  readonly atcid: readonly string[] | null;
  readonly drugbankid: string | null;
}

/** A drug that people are given (named by MedlinePlus, the NHS or an encyclopaedia), not a research chemical. */
function isMedicine(drug: CanonicalDrug): boolean {
  return drug.medline_plus_id !== undefined || drug.nhs_url !== undefined || drug.wikipedia_url !== undefined;
}

/** Mentions are short and plain: chemical names, mark-up and numbers only get in the way. */
function isPlainName(name: string): boolean {
  return /^[a-z][a-z /-]{3,32}$/.test(name) && name.split(' ').length <= 3;
}

/**
 * Names of medicines with their codes: DrugBank, MeSH, and from CPIC's drug table RxNorm and ATC.
 * Everyday English words that are also brand names are left out (`commonWords`, lower case).
 */
export function buildDrugNames(commonWords: ReadonlySet<string>): string {
  const drugs = readSource('terminologies/drug-names/drug_canonical.jsonl')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as CanonicalDrug)
    .filter((drug) => isMedicine(drug) && isPlainName(drug.canonical));
  const names = new Map<string, string[]>(drugs.map((drug) => [drug.canonical, []]));
  for (const row of tsvRecords(readSource('terminologies/drug-names/drug_variants.tsv'))) {
    const { variant = '', canonical = '' } = row;
    if (isPlainName(variant) && variant !== canonical && !commonWords.has(variant)) names.get(canonical)?.push(variant);
  }
  const cpic = new Map(
    (JSON.parse(readSource('pgx/raw/cpic/drug.json')) as CpicDrug[]).map((drug) => [drug.name.toLowerCase(), drug]),
  );
  const known = new Set(drugs.map((drug) => drug.canonical));
  const rows = drugs.map((drug) => row(drug, cpic.get(drug.canonical), names.get(drug.canonical) ?? []));
  const onlyInCpic = [...cpic.entries()]
    .filter(([name]) => !known.has(name))
    .map(([name, drug]) => row({ canonical: name }, drug, []));
  return toTsv(
    ['generic', 'drugbank', 'mesh', 'rxnorm', 'atc', 'names'],
    [...rows, ...onlyInCpic].sort((a, b) => (a[0]! < b[0]! ? -1 : 1)),
  );
}

function row(drug: CanonicalDrug, cpic: CpicDrug | undefined, names: readonly string[]): string[] {
  return [
    drug.canonical,
    drug.drugbank_id ?? cpic?.drugbankid ?? '',
    drug.mesh_id ?? '',
    cpic?.rxnormid ?? '',
    (cpic?.atcid ?? []).join('|'),
    [...new Set(names)].sort().join('|'),
  ];
}
