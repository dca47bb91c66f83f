/** A concept of a terminology, as FHIR's Coding: a code never stands without its system. */
export interface Coding {
  /** URI, for example `http://loinc.org`. */
  readonly system: string;
  readonly version?: string;
  readonly code: string;
  readonly display: string;
}

/** Systems that the product knows, under the URIs that FHIR gives them. */
export const SYSTEMS = {
  loinc: 'http://loinc.org',
  icd10cm: 'http://hl7.org/fhir/sid/icd-10-cm',
  doid: 'http://purl.obolibrary.org/obo/doid.owl',
  drugbank: 'https://go.drugbank.com',
  mesh: 'http://id.nlm.nih.gov/mesh',
  rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  /** Our own canonical medication names and classes: the code is the lower-case generic name or class name. */
  medication: 'urn:anamnesis:medication',
  /** Our own canonical names of tests that have no LOINC code here. */
  test: 'urn:anamnesis:test',
} as const;
