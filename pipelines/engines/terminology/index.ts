import type { Terminology } from '#pipelines/contracts/terminology.ts';
import { Abbreviations } from './abbreviations.ts';
import { Conditions } from './conditions.ts';
import { createFolder } from './fold.ts';
import type { Folder } from './fold.ts';
import { Medications } from './medications.ts';
import { Procedures } from './procedures.ts';
import { geneOf, Habits } from './simple-keys.ts';
import { openRuleTables } from './tables.ts';
import { Tests } from './tests.ts';

interface Parts {
  readonly folder: Folder;
  readonly medications: Medications;
  readonly conditions: Conditions;
  readonly tests: Tests;
  readonly procedures: Procedures;
  readonly habits: Habits;
  readonly abbreviations: Abbreviations;
}

/**
 * Opens a release of the terminology rule set. Everyday tables are read at once, the published ones (Disease Ontology,
 * ICD-10-CM terms) on the first word that needs them.
 *
 * @param rulesDir - Folder of the release, for example `pipelines/rules/terminology/2026.1`.
 * @throws ClinicalError `RULES_DAMAGED` where a file does not match the manifest
 */
export function loadTerminology(rulesDir: string): Terminology {
  const tables = openRuleTables(rulesDir);
  const folder = createFolder(tables.rows('spelling.tsv').map(([from = '', to = '']) => [from, to] as const));
  const parts: Parts = {
    folder,
    medications: new Medications(tables, folder),
    conditions: new Conditions(tables, folder),
    tests: new Tests(tables, folder),
    procedures: new Procedures(tables, folder),
    habits: new Habits(tables),
    abbreviations: new Abbreviations(tables),
  };
  return {
    releases: [tables.release],
    medication: remember((words) => knownMedication(parts, words)),
    condition: remember((words) => parts.conditions.find(words)),
    test: remember((words) => parts.tests.find(words)),
    conceptKey: rememberPair((label, words) => conceptKey(parts, label, words)),
    expansions: (words) => expansions(parts, words),
    synonyms: rememberPair((label, words) => synonyms(parts, label, words)),
    membersOfClass: (words) => parts.medications.membersOfClass(words),
    membersOfPanel: (words) => parts.tests.membersOfPanel(words),
    narrower: rememberPair((label, words) => narrower(parts, label, words)),
  };
}

/** A guess from a misspelling must not turn the word of another kind into a drug. */
function knownMedication(parts: Parts, words: string): ReturnType<Medications['find']> {
  const found = parts.medications.find(words);
  if (found === null || found.isClass) return found;
  const guessed = !parts.medications.knows(words);
  return guessed && (parts.conditions.find(words) !== null || parts.tests.find(words) !== null) ? null : found;
}

function labelledMedication(parts: Parts, words: string): ReturnType<Medications['find']> {
  return parts.medications.findInAnyCase(words) ?? knownMedication(parts, words);
}

function conceptKey(parts: Parts, label: string, words: string): string {
  switch (label) {
    case 'Medication':
      return labelledMedication(parts, words)?.name ?? parts.folder.fold(words);
    case 'Condition':
    case 'Finding':
      return parts.conditions.findLabelled(words)?.name ?? parts.conditions.bare(words);
    case 'Test':
      return parts.tests.findLabelled(words)?.name ?? parts.procedures.find(words) ?? parts.tests.bare(words);
    case 'Procedure':
      return parts.procedures.find(words) ?? parts.tests.find(words)?.name ?? parts.procedures.bare(words);
    case 'Habit':
      return parts.habits.find(words) ?? parts.folder.fold(words);
    case 'Genotype':
      return geneOf(words) ?? parts.folder.fold(words);
    default:
      return parts.folder.fold(words);
  }
}

function namesOf(parts: Parts, label: string, words: string): readonly string[] {
  const key = conceptKey(parts, label, words);
  switch (label) {
    case 'Medication': {
      const medication = labelledMedication(parts, words);
      return medication === null ? [] : parts.medications.synonyms(medication);
    }
    case 'Condition':
    case 'Finding':
      return parts.conditions.synonyms(key);
    case 'Test':
    case 'Procedure':
      return [...parts.tests.synonyms(key), ...parts.procedures.synonyms(key)];
    case 'Habit':
      return parts.habits.synonyms(key);
    default:
      return [];
  }
}

/** All names of the concept with their British spellings, lower case, the words themselves first. */
function synonyms(parts: Parts, label: string, words: string): readonly string[] {
  const names = [words.trim(), ...namesOf(parts, label, words)].map((name) => name.toLowerCase());
  const british = names.map((name) => parts.folder.british(name)).filter((name) => name !== null);
  return [...new Set([...names, ...british])].filter((name) => name !== '');
}

function narrower(parts: Parts, label: string, words: string): readonly string[] {
  const key = conceptKey(parts, label, words);
  switch (label) {
    case 'Medication':
      return [key, ...parts.medications.membersOfClass(words)];
    case 'Condition':
    case 'Finding':
      return parts.conditions.narrower(key);
    case 'Test':
      return [...new Set([...parts.tests.narrower(key), ...parts.tests.membersOfPanel(words)])];
    case 'Procedure':
      return parts.procedures.narrower(key);
    default:
      return [key];
  }
}

function expansions(parts: Parts, words: string): readonly string[] {
  const lower = words.trim().toLowerCase();
  const curated = [
    parts.conditions.find(words)?.name,
    parts.tests.find(words)?.name,
    parts.procedures.find(words) ?? undefined,
    parts.medications.find(words)?.name,
  ].filter((name): name is string => name !== undefined && name !== lower);
  return [...new Set([...parts.abbreviations.senses(lower), ...curated, ...parts.abbreviations.shortForms(lower)])];
}

/** Keeps answers: notes repeat their words, and the tables never change. */
function remember<Value>(find: (words: string) => Value): (words: string) => Value {
  const known = new Map<string, Value>();
  return (words) => {
    const held = known.get(words);
    if (held !== undefined || known.has(words)) return held as Value;
    if (known.size > 20_000) known.clear();
    const found = find(words);
    known.set(words, found);
    return found;
  };
}

function rememberPair<Value>(find: (label: string, words: string) => Value): (label: string, words: string) => Value {
  const byLabel = new Map<string, (words: string) => Value>();
  return (label, words) => {
    let ofLabel = byLabel.get(label);
    if (ofLabel === undefined) {
      ofLabel = remember((inner) => find(label, inner));
      byLabel.set(label, ofLabel);
    }
    return ofLabel(words);
  };
}
