import type { Bundle, CodeableConcept, DiagnosticReport, Observation, ObservationComponent } from 'fhir/r4';
import type { DrugRecommendation, GeneResult, PgxReport } from '../../domain/pgx.ts';
import type { Patient } from '../../domain/patient.ts';
import { hgncOfGene } from '../reported/index.ts';
import { CODES, HGNC, LOINC, PHENOTYPE_ANSWERS, PROFILES, TBD } from './codes.ts';

/** Not an address: FHIR resolves `Observation/…` inside a bundle against the base of its full URLs (RFC 2606 name). */
const BASE = 'http://anamnesis.invalid/fhir';

const LABORATORY: CodeableConcept = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }],
};

/**
 * Writes a report as a FHIR R4 collection by the Genomics Reporting guide: a genotype Observation for each result, a
 * therapeutic implication for each phenotype and each recommendation, and a DiagnosticReport that holds them together.
 *
 * @returns A Bundle without a date: equal reports give equal bundles.
 */
export function writeGenomicsReport(report: PgxReport, patient: Pick<Patient, 'id'>): Bundle {
  const subject = { reference: `Patient/${patient.id}` };
  const genotypes = report.genes.filter((gene) => gene.diplotypes.length > 0).map((gene) => genotypeOf(gene, subject));
  const phenotypes = report.genes.filter((gene) => gene.phenotype.length > 0).map((gene) => phenotypeOf(gene, subject));
  const advice = report.advice.flatMap(({ recommendations }) =>
    recommendations.map((recommendation, i) => recommendationOf(recommendation, i, subject)),
  );
  const observations = [...genotypes, ...phenotypes, ...advice];
  const diagnostic: DiagnosticReport = {
    resourceType: 'DiagnosticReport',
    id: 'pgx-report',
    meta: { profile: [`${PROFILES}/genomic-report`] },
    status: 'final',
    code: { coding: [{ system: LOINC, code: CODES.geneticReport, display: 'Genetic analysis report' }] },
    subject,
    result: observations.map((observation) => ({ reference: `Observation/${observation.id ?? ''}` })),
    conclusion:
      report.conflicts.length === 0
        ? 'See the results.'
        : `Sources disagree on ${report.conflicts.map(({ gene }) => gene).join(', ')}.`,
  };
  return {
    resourceType: 'Bundle',
    type: 'collection',
    entry: [diagnostic, { resourceType: 'Patient' as const, id: patient.id }, ...observations].map((resource) => ({
      fullUrl: `${BASE}/${resource.resourceType}/${resource.id ?? ''}`,
      resource,
    })),
  };
}

type Subject = Observation['subject'] & object;

function base(id: string, profile: string, code: CodeableConcept, subject: Subject): Observation {
  return {
    resourceType: 'Observation',
    id,
    meta: { profile: [`${PROFILES}/${profile}`] },
    status: 'final',
    category: [LABORATORY],
    code,
    subject,
  };
}

const idOf = (...parts: readonly string[]): string =>
  parts
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);

function genotypeOf(gene: GeneResult, subject: Subject): Observation {
  const code = { coding: [{ system: LOINC, code: CODES.genotype, display: 'Genotype display name' }] };
  const text = gene.diplotypes.map((pair) => pair.join('/')).join(' or ');
  return {
    ...base(idOf('genotype', gene.gene), 'genotype', code, subject),
    valueCodeableConcept: { text: `${gene.gene} ${text}` },
    component: [geneStudied(gene.gene)],
    ...noteOf(gene.warnings.map((warning) => warning.message)),
  };
}

function phenotypeOf(gene: GeneResult, subject: Subject): Observation {
  const clinical = gene.clinicalPhenotype;
  const notes = clinical === null ? [] : [`With the drugs taken now: ${clinical.phenotype}.`, ...clinical.whatIf];
  return {
    ...base(idOf('implication', gene.gene), 'therapeutic-implication', implicationCode(), subject),
    component: [
      geneStudied(gene.gene),
      {
        code: { coding: [{ system: TBD, code: CODES.predictedImplication }] },
        valueCodeableConcept: phenotypeConcept(gene.phenotype),
      },
    ],
    ...noteOf(notes),
  };
}

function recommendationOf(recommendation: DrugRecommendation, index: number, subject: Subject): Observation {
  const id = idOf('advice', recommendation.drug, recommendation.source, recommendation.rowId ?? String(index));
  return {
    ...base(id, 'therapeutic-implication', implicationCode(), subject),
    extension: [
      {
        url: 'http://hl7.org/fhir/StructureDefinition/workflow-relatedArtifact',
        valueRelatedArtifact: {
          type: 'justification',
          display: `${recommendation.guideline}, ${recommendation.release}`,
          url: recommendation.url,
        },
      },
    ],
    component: [
      ...recommendation.genes.map(({ gene }) => geneStudied(gene)),
      {
        code: { coding: [{ system: LOINC, code: CODES.medicationAssessed }] },
        valueCodeableConcept: { text: recommendation.drug },
      },
      { code: { coding: [{ system: TBD, code: CODES.conclusion }] }, valueString: recommendation.text },
    ],
    ...noteOf([...recommendation.missing, ...recommendation.warnings.map((warning) => warning.message)]),
  };
}

function implicationCode(): CodeableConcept {
  return { coding: [{ system: TBD, code: CODES.therapeuticImplication, display: 'Therapeutic Implication' }] };
}

function geneStudied(gene: string): ObservationComponent {
  const code = hgncOfGene(gene);
  return {
    code: { coding: [{ system: LOINC, code: CODES.geneStudied, display: 'Gene studied [ID]' }] },
    valueCodeableConcept: code === null ? { text: gene } : { coding: [{ system: HGNC, code, display: gene }] },
  };
}

function phenotypeConcept(phenotypes: readonly string[]): CodeableConcept {
  const text = phenotypes.join(' or ');
  const answer = Object.entries(PHENOTYPE_ANSWERS).find(
    ([, phenotype]) => phenotype.toLowerCase() === text.toLowerCase(),
  );
  return answer === undefined ? { text } : { coding: [{ system: LOINC, code: answer[0], display: text }], text };
}

function noteOf(lines: readonly string[]): Pick<Observation, 'note'> {
  return lines.length === 0 ? {} : { note: [...new Set(lines)].map((text) => ({ text })) };
}
