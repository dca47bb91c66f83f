import type { Coding } from '../domain/coding.ts';
import type { Release } from '../domain/ids.ts';

/** A medication as the terminology knows it. */
export interface MedicationConcept {
  /** Lower-case generic name: `metoprolol`; of a combination, ingredients joined by `/`. */
  readonly name: string;
  readonly ingredients: readonly string[];
  /** From most to least specific, lower case: `ssri`, `antidepressant`. */
  readonly classes: readonly string[];
  readonly codes: readonly Coding[];
  /** Whether the words named a class ("beta blocker") and not a drug. */
  readonly isClass: boolean;
}

export interface TestConcept {
  /** Lower-case canonical name: `hemoglobin a1c`, `ejection fraction`, `blood pressure`. */
  readonly name: string;
  readonly codes: readonly Coding[];
  readonly units: readonly string[];
  /** Verbatim, where the source gives one. */
  readonly referenceRange: string | null;
}

export interface ConditionConcept {
  /** Lower-case canonical name: `atrial fibrillation`. */
  readonly name: string;
  readonly codes: readonly Coding[];
}

/**
 * Grounds words of notes and questions in terminologies. Pure look-up over shipped rule data; never guesses: what is not
 * known is null, and callers then fall back to the words themselves (`normalise`).
 */
export interface Terminology {
  readonly releases: readonly Release[];
  /** Brand, generic, abbreviation, misspelling within one edit of a long name, or class. */
  medication(words: string): MedicationConcept | null;
  condition(words: string): ConditionConcept | null;
  test(words: string): TestConcept | null;
  /** Canonical key of any mention, for comparing: grounded name, else words folded (case, spelling variants, plurals, abbreviations). */
  conceptKey(label: string, words: string): string;
  /** Long forms of an abbreviation, most frequent first; and short forms of a term. `htn` -> `hypertension`. */
  expansions(words: string): readonly string[];
  /** Every other way the concept is written, for searching raw text: names, abbreviations, brands, British spelling. Lower case. */
  synonyms(label: string, words: string): readonly string[];
  /** Drugs of a class, lower-case generic names: `anticoagulant` -> `warfarin`, `apixaban`, … Lay words work: `blood thinner`. */
  membersOfClass(words: string): readonly string[];
  /** Tests of a panel: `lytes` -> `sodium`, `potassium`, … */
  membersOfPanel(words: string): readonly string[];
  /**
   * Keys of the concept and of everything that is a kind of it, itself first: `diabetes` takes in type 1 and type 2, a class
   * its drugs, a panel its tests. For questions and cohort search, where the narrower mention answers the broader one.
   */
  narrower?(label: string, words: string): readonly string[];
}
