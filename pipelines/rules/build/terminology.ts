import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildAbbreviations } from './abbreviations.ts';
import { buildDiseaseOntology, buildIcd10Terms, unknownCodes } from './diseases.ts';
import { buildDrugNames } from './drug-names.ts';
import { readSource, sourcePath, tsvRecords } from './sources.ts';
import { buildLoincTests } from './tests.ts';

export const TERMINOLOGY_RELEASE = '2026.1';
const FOLDER = `pipelines/rules/terminology/${TERMINOLOGY_RELEASE}`;
const CURATED = { source: 'Anamnesis curated, general medical knowledge', licence: 'CC0-1.0' };

/** Where each generated file comes from, as its manifest entry says. */
const GENERATED: Record<string, { source: string; licence: string; from: readonly string[] }> = {
  'drug-names.tsv': {
    source: 'DrugBank open vocabulary, MeSH, MedlinePlus (by drug_named_entity_recognition), CPIC drug table',
    licence: 'names and ids as facts; DrugBank vocabulary and CPIC CC0-1.0',
    from: [
      'terminologies/drug-names/drug_canonical.jsonl',
      'terminologies/drug-names/drug_variants.tsv',
      'pgx/raw/cpic/drug.json',
    ],
  },
  'disease-ontology.tsv': {
    source: 'Human Disease Ontology, snapshot 9fbefd66',
    licence: 'CC0-1.0',
    from: ['terminologies/disease-ontology/HumanDO.tsv', 'terminologies/disease-ontology/ICD10inDO.tsv'],
  },
  'icd10cm-terms.tsv': {
    source: 'ICD-10-CM FY2026 titles and inclusion terms (CDC/NCHS)',
    licence: 'US public domain',
    from: ['icd10cm/index.tsv.gz'],
  },
  'icd10cm-titles.tsv': {
    source: 'ICD-10-CM FY2026 code titles (CDC/NCHS)',
    licence: 'US public domain',
    from: ['icd10cm/codes.tsv.gz'],
  },
  'loinc-tests.tsv': {
    source: 'NLM LHC Flowsheet test list (LHNCBC/flowsheet-lhc 53b8283), with LOINC and UCUM',
    licence: 'NLM licence, LOINC and UCUM notices: see NOTICE.md',
    from: ['terminologies/nlm-flowsheet-labs/flowsheet_tests.json'],
  },
  'abbreviations.tsv': {
    source:
      'Medical Abbreviation and Acronym Meta-Inventory, clinical inventories (lisavirginia/clinical-abbreviations)',
    licence: 'CC-BY-4.0',
    from: ['terminologies/abbreviations/abbreviations-clinical.tsv'],
  },
};

/**
 * Writes the generated files of the terminology rule set and its manifest. The curated tables beside them are written by
 * hand; the build checks their ICD-10-CM codes and hashes them.
 *
 * @throws Error naming curated codes that the release of ICD-10-CM does not have
 */
export function buildTerminology(): void {
  const curatedCodes = ['conditions.tsv', 'findings.tsv'].flatMap((file) =>
    tsvRecords(readFileSync(join(FOLDER, file), 'utf8')).map((row) => row['icd10'] ?? ''),
  );
  const wanted = [...new Set(curatedCodes.filter((code) => code !== ''))];
  const bad = unknownCodes(wanted);
  if (bad.length > 0) throw new Error(`Not billable in this release of ICD-10-CM: ${bad.join(', ')}`);
  const diseases = buildDiseaseOntology();
  const icd10 = buildIcd10Terms(diseases, wanted);
  const files: Record<string, string> = {
    'drug-names.tsv': buildDrugNames(commonWords()),
    'disease-ontology.tsv': diseases,
    'icd10cm-terms.tsv': icd10.terms,
    'icd10cm-titles.tsv': icd10.titles,
    'loinc-tests.tsv': buildLoincTests(),
    'abbreviations.tsv': buildAbbreviations(),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(FOLDER, name), text);
  writeManifest();
}

/** Words of conditions, tests and everyday language that are also trade names of some country. */
function commonWords(): ReadonlySet<string> {
  const words = new Set<string>();
  for (const file of ['conditions.tsv', 'findings.tsv', 'procedures.tsv', 'tests.tsv', 'stop-words.tsv']) {
    for (const row of tsvRecords(readFileSync(join(FOLDER, file), 'utf8'))) {
      for (const name of [row['name'] ?? '', ...(row['names'] ?? '').split('|')]) words.add(name.toLowerCase());
    }
  }
  for (const { abbreviation = '' } of tsvRecords(
    readSource('terminologies/abbreviations/abbreviations-clinical.tsv'),
  )) {
    words.add(abbreviation.toLowerCase());
  }
  return words;
}

function writeManifest(): void {
  const names = readdirSync(FOLDER).filter((name) => name !== 'manifest.json');
  const manifest = {
    ruleSet: 'terminology',
    release: TERMINOLOGY_RELEASE,
    source: 'Compiled by pipelines/rules/build.ts from the sources named per file, with curated tables',
    licence: 'Per file; notices in NOTICE.md',
    files: Object.fromEntries(names.sort().map((name) => [name, sha256(join(FOLDER, name))])),
    sources: Object.fromEntries(names.sort().map((name) => [name, provenanceOf(name)])),
  };
  writeFileSync(join(FOLDER, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

function provenanceOf(name: string): object {
  const generated = GENERATED[name];
  if (generated === undefined) return CURATED;
  return {
    source: generated.source,
    licence: generated.licence,
    from: Object.fromEntries(generated.from.map((file) => [file, sha256(sourcePath(file))])),
  };
}

function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
