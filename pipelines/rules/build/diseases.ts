import { readSource, toTsv, tsvRecords } from './sources.ts';

/** Disease Ontology: id, name, names of its parents, and the ICD-10-CM codes that it refers to. */
export function buildDiseaseOntology(): string {
  const codes = new Map<string, string[]>();
  for (const { id = '', xrefs = '' } of tsvRecords(readSource('terminologies/disease-ontology/ICD10inDO.tsv'))) {
    const found = [...xrefs.matchAll(/ICD10CM:([A-Z0-9.]+)/g)].map((match) => match[1]!);
    codes.set(id, [...new Set([...(codes.get(id) ?? []), ...found])]);
  }
  const terms = new Map<string, { label: string; parents: Set<string> }>();
  for (const { id = '', label = '', subClassOf = '' } of tsvRecords(
    readSource('terminologies/disease-ontology/HumanDO.tsv'),
  )) {
    if (!id.startsWith('DOID:') || label === '' || label.startsWith('obsolete')) continue;
    const term = terms.get(id) ?? { label, parents: new Set<string>() };
    if (subClassOf !== '') term.parents.add(subClassOf);
    terms.set(id, term);
  }
  const rows = [...terms].map(([id, term]) => [
    id.slice('DOID:'.length),
    term.label,
    [...term.parents].sort().join('|'),
    (codes.get(id) ?? []).join('|'),
  ]);
  return toTsv(
    ['doid', 'name', 'parents', 'icd10cm'],
    rows.sort((a, b) => Number(a[0]) - Number(b[0])),
  );
}

/** Chapters that name conditions and findings; injuries, external causes and obstetrics need more than a name. */
const CHAPTERS = /^[A-NR]/;

/**
 * Short index terms of ICD-10-CM with their codes, and the titles of all codes that this rule set can give
 * (those of the terms, of the Disease Ontology, and `extraCodes`).
 */
export function buildIcd10Terms(
  diseaseOntology: string,
  extraCodes: readonly string[],
): { terms: string; titles: string } {
  const terms = tsvRecords(readSource('icd10cm/index.tsv.gz'))
    .filter(({ term = '', code = '', source = '' }) => {
      const short = term.split(' ').length <= 4 && !/unspecified|\bNOS\b|\bother\b/i.test(term);
      return short && CHAPTERS.test(code) && (source === 'title' || source === 'inclusion');
    })
    .map(({ term = '', code = '' }) => [term, code]);
  const wanted = new Set([...terms.map((row) => row[1]!), ...extraCodes]);
  for (const { icd10cm = '' } of tsvRecords(diseaseOntology)) {
    for (const code of icd10cm.split('|')) wanted.add(code);
  }
  const titles = tsvRecords(readSource('icd10cm/codes.tsv.gz'))
    .filter(({ code = '' }) => wanted.has(code))
    .map(({ code = '', long = '' }) => [code, long]);
  const known = new Set(titles.map((row) => row[0]!));
  return {
    terms: toTsv(
      ['term', 'code'],
      terms.filter((row) => known.has(row[1]!)),
    ),
    titles: toTsv(['code', 'title'], titles),
  };
}

/** Curated codes that are not billable codes of the release: the build stops on them. */
export function unknownCodes(codes: readonly string[]): string[] {
  const billable = new Set(
    tsvRecords(readSource('icd10cm/codes.tsv.gz'))
      .filter(({ billable: flag }) => flag === '1')
      .map(({ code = '' }) => code),
  );
  return codes.filter((code) => !billable.has(code));
}
