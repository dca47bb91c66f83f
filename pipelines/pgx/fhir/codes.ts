/** Systems and codes of FHIR Genomics Reporting that are read and written here. */
export const LOINC = 'http://loinc.org';
export const HGNC = 'http://www.genenames.org/geneId';
export const TBD = 'http://hl7.org/fhir/uv/genomics-reporting/CodeSystem/tbd-codes-cs';
export const PROFILES = 'http://hl7.org/fhir/uv/genomics-reporting/StructureDefinition';

export const CODES = {
  genotype: '84413-4',
  haplotype: '84414-2',
  geneStudied: '48018-6',
  geneticReport: '51969-4',
  variant: '69548-6',
  dbSnp: '81255-2',
  codingHgvs: '48004-6',
  allelicState: '53034-5',
  medicationAssessed: '51963-7',
  metabolism: '53040-2',
  therapeuticImplication: 'therapeutic-implication',
  predictedImplication: 'predicted-therapeutic-implication',
  conclusion: 'conclusion-string',
} as const;

/** LOINC answers for phenotypes. */
export const PHENOTYPE_ANSWERS: Readonly<Record<string, string>> = {
  'LA10315-2': 'Ultrarapid Metabolizer',
  'LA25390-8': 'Rapid Metabolizer',
  'LA25391-6': 'Normal Metabolizer',
  'LA10317-8': 'Intermediate Metabolizer',
  'LA9657-3': 'Poor Metabolizer',
  'LA25395-7': 'Decreased function',
};

export const ALLELIC_STATES: Readonly<Record<string, string>> = {
  'LA6705-3': 'homozygous',
  'LA6706-1': 'heterozygous',
  'LA6707-9': 'hemizygous',
};
