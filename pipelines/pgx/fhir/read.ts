import type { Bundle, CodeableConcept, FhirResource, Observation, ObservationComponent } from 'fhir/r4';
import type { PgxRules } from '../rules.ts';
import { findGenes, geneOfHgnc, geneOfLoinc, readCall, readFreeText, readGeneName } from '../reported/index.ts';
import type { ReportedFinding } from '../reported/index.ts';
import { ALLELIC_STATES, CODES, PHENOTYPE_ANSWERS } from './codes.ts';

/** One finding of one resource. */
export interface FhirFinding {
  /** `Observation/id`; empty where the resource has no id. */
  readonly resource: string;
  /** Patient or other subject that the resource names, as a reference; null where it names none. */
  readonly subject: string | null;
  readonly finding: ReportedFinding;
}

const VOID = new Set(['entered-in-error', 'cancelled', 'registered']);

/**
 * Reads findings from FHIR R4 resources: Genotype, Variant, TherapeuticImplication and phenotype Observations of Genomics
 * Reporting, and plain laboratory Observations that name a gene. Bundles and contained resources are opened. Anything else is
 * passed over.
 */
export function readFhir(rules: PgxRules, resources: readonly unknown[]): readonly FhirFinding[] {
  return resources.flatMap(openResource).flatMap((observation) => readObservation(rules, observation));
}

function openResource(value: unknown): readonly Observation[] {
  if (typeof value !== 'object' || value === null || !('resourceType' in value)) return [];
  const resource = value as FhirResource;
  if (resource.resourceType === 'Observation') return [resource];
  if (resource.resourceType === 'Bundle')
    return ((resource as Bundle).entry ?? []).flatMap((entry) => openResource(entry.resource));
  if ('contained' in resource) return (resource.contained ?? []).flatMap(openResource);
  return [];
}

function readObservation(rules: PgxRules, observation: Observation): readonly FhirFinding[] {
  if (VOID.has(observation.status)) return [];
  const resource = observation.id === undefined ? '' : `Observation/${observation.id}`;
  const subject = observation.subject?.reference ?? null;
  return readResult(rules, observation).map((finding) => ({ resource, subject, finding }));
}

function readResult(rules: PgxRules, observation: Observation): readonly ReportedFinding[] {
  const kinds = codesOf(observation.code);
  const gene = geneOf(observation);
  const words = textOf(observation.valueCodeableConcept) ?? observation.valueString ?? null;
  if (kinds.includes(CODES.variant)) return gene === null ? [] : readVariant(rules, gene, observation);
  if (kinds.includes(CODES.therapeuticImplication))
    return gene === null ? [] : readImplication(rules, gene, observation);
  if (words === null) return [];
  if (
    gene !== null &&
    (kinds.includes(CODES.genotype) ||
      kinds.includes(CODES.haplotype) ||
      kinds.some((code) => geneOfLoinc(code) !== null))
  ) {
    return [readCall(rules, gene, phenotypeOf(observation.valueCodeableConcept) ?? words)];
  }
  return readNamedTest(rules, observation, words);
}

/** A plain observation, "HLA-B*57:01: Positive". */
function readNamedTest(rules: PgxRules, observation: Observation, words: string): readonly ReportedFinding[] {
  const test =
    observation.code?.text ?? observation.code?.coding?.find((coding) => coding.display !== undefined)?.display ?? '';
  if (findGenes(test).length === 0) return [];
  const short = test
    .replace(/\s*\[.*?\]/g, '')
    .replace(/\b(?:gene product|metabolic activity|interpretation|genotype|gene|allele)\b/gi, '')
    .replace(/\s+/g, ' ')
    .trim();
  return readFreeText(rules, `${short}: ${words}`).findings;
}

function readImplication(rules: PgxRules, gene: string, observation: Observation): readonly ReportedFinding[] {
  const component = componentOf(observation, CODES.predictedImplication) ?? componentOf(observation, CODES.metabolism);
  const value = component?.valueCodeableConcept;
  const words = phenotypeOf(value) ?? textOf(value);
  return words === null ? [] : [readCall(rules, gene, words)];
}

/** Variant observation: its name, its allelic state, and whether it is there. */
function readVariant(rules: PgxRules, gene: string, observation: Observation): readonly ReportedFinding[] {
  const name = [CODES.codingHgvs, CODES.dbSnp]
    .map((code) => textOf(componentOf(observation, code)?.valueCodeableConcept))
    .find((text) => text !== null);
  if (name === undefined || name === null) return [];
  const state = componentOf(observation, CODES.allelicState)?.valueCodeableConcept;
  const zygosity =
    codesOf(state)
      .map((code) => ALLELIC_STATES[code])
      .find((word) => word !== undefined) ??
    textOf(state) ??
    '';
  const absent = codesOf(observation.valueCodeableConcept).includes('LA9634-2');
  const variant = name.replace(/^[A-Z]{2}_[\d.]+(?:\([^)]*\))?:/, '');
  return [readCall(rules, gene, `${variant} ${absent ? 'not detected' : zygosity}`.trim())];
}

/** Gene studied; else the gene that the code or the value names. */
function geneOf(observation: Observation): string | null {
  const studied = componentOf(observation, CODES.geneStudied)?.valueCodeableConcept;
  const coded = studied?.coding
    ?.map((coding) => geneOfHgnc(coding.code ?? '') ?? coding.display ?? null)
    .find((gene) => gene !== null);
  if (coded !== undefined && coded !== null) return readGeneName(coded);
  if (studied?.text !== undefined) return readGeneName(studied.text);
  const byCode = codesOf(observation.code)
    .map(geneOfLoinc)
    .find((gene) => gene !== null);
  if (byCode !== undefined && byCode !== null) return byCode;
  const named = [
    observation.code?.text,
    ...(observation.code?.coding ?? []).map((coding) => coding.display),
    textOf(observation.valueCodeableConcept),
  ];
  return named.flatMap((text) => findGenes(text ?? ''))[0]?.gene ?? null;
}

function componentOf(observation: Observation, code: string): ObservationComponent | undefined {
  return observation.component?.find((component) => codesOf(component.code).includes(code));
}

function codesOf(concept: CodeableConcept | undefined): readonly string[] {
  return concept?.coding?.flatMap((coding) => (coding.code === undefined ? [] : [coding.code])) ?? [];
}

function phenotypeOf(concept: CodeableConcept | undefined): string | null {
  return (
    codesOf(concept)
      .map((code) => PHENOTYPE_ANSWERS[code])
      .find((phenotype) => phenotype !== undefined) ?? null
  );
}

function textOf(concept: CodeableConcept | undefined): string | null {
  const coding = concept?.coding?.[0];
  return concept?.text ?? coding?.display ?? coding?.code ?? null;
}
