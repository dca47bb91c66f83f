import { SYSTEMS } from '#pipelines/domain/coding.ts';
import type { Coding } from '#pipelines/domain/coding.ts';
import type { MedicationConcept } from '#pipelines/contracts/terminology.ts';
import { canonicalCombination, DrugClasses } from './drug-classes.ts';
import type { DrugClass } from './drug-classes.ts';
import type { Folder } from './fold.ts';
import { NameIndex } from './name-index.ts';
import { Qualifiers } from './phrases.ts';
import { listOf } from './tables.ts';
import type { RuleTables } from './tables.ts';

interface Drug {
  readonly name: string;
  readonly ingredients: readonly string[];
  /** Other names, as the tables write them. */
  readonly names: string[];
  codes: readonly Coding[];
  /** Listed by hand, hence in everyday use; only these are guessed at from misspellings. */
  readonly common: boolean;
}

/** Shortest name that a misspelling is compared with. */
const MISSPELLING_MINIMUM = 6;
const DOSE = /\b\d[\d.,]*\s*(?:mg|mcg|ug|g|ml|units?|%|iu|meq|mmol|mcg\/hr|mg\/ml|puffs?|gm|mg\/day|unit)\b(?:\/\w+)?/g;
const JOINTS = /\/| \+ | and | with | plus |\+/;

/** Medications: names to canonical drugs, their ingredients, classes and codes. */
export class Medications {
  readonly classes: DrugClasses;
  readonly #folder: Folder;
  readonly #drugs = new Map<string, Drug>();
  readonly #index: NameIndex<Drug>;
  readonly #common: NameIndex<Drug>;
  readonly #qualifiers: Qualifiers;

  constructor(tables: RuleTables, folder: Folder) {
    this.#folder = folder;
    this.classes = new DrugClasses(tables, folder);
    this.#index = new NameIndex(folder);
    this.#common = new NameIndex(folder);
    this.#qualifiers = new Qualifiers(
      folder,
      tables.rows('medication-words.tsv').flatMap(([, words]) => listOf(words)),
    );
    this.#addCurated(tables);
    this.#addPublished(tables);
  }

  /** A name in whatever case, for words that are labelled a medication: short names count too. */
  findInAnyCase(words: string): MedicationConcept | null {
    const drug = this.#index.getInAnyCase(words);
    if (drug !== undefined) return this.#concept(drug);
    const drugClass = this.classes.findInAnyCase(words);
    return drugClass === undefined ? null : this.#classConcept(drugClass);
  }

  find(words: string): MedicationConcept | null {
    const drug = this.#drug(words);
    if (drug !== null) return this.#concept(drug);
    const drugClass = this.#class(words);
    if (drugClass !== undefined) return this.#classConcept(drugClass);
    const near = this.#common.near(words, MISSPELLING_MINIMUM);
    return near === undefined ? null : this.#concept(near);
  }

  /** Whether the words are a name that the tables hold, not a guess from a misspelling. */
  knows(words: string): boolean {
    return this.#drug(words) !== null || this.#class(words) !== undefined;
  }

  /** Names of a drug, or of a class with its members and theirs. */
  synonyms(concept: MedicationConcept): string[] {
    if (!concept.isClass) return this.#namesOf(concept.name);
    const drugClass = this.classes.find(concept.name);
    return [
      concept.name,
      ...(drugClass?.names ?? []),
      ...this.classes.members(concept.name).flatMap((member) => this.#namesOf(member)),
    ];
  }

  membersOfClass(words: string): string[] {
    const drugClass = this.#class(words);
    if (drugClass === undefined) return [];
    const listed = new Set(this.classes.members(drugClass.name));
    const combinations = [...this.#drugs.values()].filter(
      (drug) => drug.ingredients.length > 1 && drug.ingredients.some((ingredient) => listed.has(ingredient)),
    );
    return [...listed, ...combinations.map((drug) => drug.name).filter((name) => !listed.has(name))];
  }

  #namesOf(name: string): string[] {
    return [name, ...(this.#drugs.get(name)?.names ?? [])];
  }

  #class(words: string): DrugClass | undefined {
    const exact = this.classes.find(words);
    if (exact !== undefined) return exact;
    for (const form of this.#qualifiers.reductions(this.#folder.fold(words))) {
      const found = this.classes.findFolded(form);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #drug(words: string): Drug | null {
    const exact = this.#index.get(words);
    if (exact !== undefined) return exact;
    if (this.classes.find(words) !== undefined) return null;
    const folded = withoutDose(this.#folder.fold(words));
    return this.#plain(folded) ?? this.#combination(words, folded);
  }

  /** A name with salt, form, route or other qualifiers around it. */
  #plain(folded: string): Drug | null {
    const exact = this.#index.getFolded(folded);
    if (exact !== undefined) return exact;
    for (const form of this.#qualifiers.reductions(folded)) {
      const found = this.#index.getFolded(form);
      if (found !== undefined) return found;
    }
    return null;
  }

  /** `lisinopril-HCTZ`, `amlodipine / benazepril`, `calcium and vitamin D`: every part has to be a drug. */
  #combination(words: string, folded: string): Drug | null {
    const byJoint = folded.split(JOINTS);
    const parts = byJoint.length > 1 ? byJoint : words.split('-').map((part) => this.#folder.fold(part));
    if (parts.length < 2 || parts.length > 4) return null;
    const drugs = parts.map((part) => this.#plain(part.trim()));
    if (drugs.some((drug) => drug === null)) return null;
    const ingredients = [...new Set(drugs.flatMap((drug) => drug!.ingredients))].sort();
    const name = ingredients.join('/');
    return this.#drugs.get(name) ?? { name, ingredients, names: [], codes: [], common: false };
  }

  #concept(drug: Drug): MedicationConcept {
    return {
      name: drug.name,
      ingredients: drug.ingredients,
      classes: this.classes.ofDrug(drug.name, drug.ingredients.length > 1 ? drug.ingredients : []),
      codes: [{ system: SYSTEMS.medication, code: drug.name, display: drug.name }, ...drug.codes],
      isClass: false,
    };
  }

  #classConcept(drugClass: DrugClass): MedicationConcept {
    return {
      name: drugClass.name,
      ingredients: [],
      classes: this.classes.upwards([drugClass]),
      codes: [{ system: SYSTEMS.medication, code: drugClass.name, display: drugClass.name }],
      isClass: true,
    };
  }

  #addCurated(tables: RuleTables): void {
    const rows = tables.rows('medications.tsv').map(([generic = '', ingredients, names]) => ({
      name: canonicalCombination(generic),
      ingredients: listOf(ingredients),
      names: [...listOf(names), ...(generic.includes('/') ? [generic] : [])],
    }));
    for (const { name, ingredients, names } of rows) {
      this.#add({ name, ingredients: ingredients.length > 0 ? ingredients : [name], names, codes: [], common: true });
    }
    for (const name of this.classes.drugs) {
      if (this.#drugs.has(name)) continue;
      this.#add({ name, ingredients: name.split('/'), names: [], codes: [], common: true });
    }
    for (const drug of this.#drugs.values()) this.#addNames(drug, drug.names);
  }

  #add(drug: Drug): void {
    this.#drugs.set(drug.name, drug);
    this.#index.add(drug.name, drug);
    if (drug.common) this.#common.add(drug.name, drug);
  }

  #addNames(drug: Drug, names: readonly string[]): void {
    for (const name of names) {
      this.#index.add(name, drug);
      if (drug.common) this.#common.add(name, drug);
    }
  }

  /** Published names come second: a curated name is never changed by them. */
  #addPublished(tables: RuleTables): void {
    for (const [generic = '', drugbank, mesh, rxnorm, , names] of tables.rows('drug-names.tsv')) {
      const name = canonicalCombination(generic.replace(/ and /g, '/'));
      let drug = this.#index.get(name);
      if (drug === undefined && this.classes.find(name) === undefined) {
        drug = { name, ingredients: name.split('/'), names: [], codes: [], common: false };
        this.#add(drug);
      }
      if (drug === undefined) continue;
      if (drug.codes.length === 0) drug.codes = codings(drug.name, { drugbank, mesh, rxnorm });
      const fresh = listOf(names).filter((other) => this.#index.get(other) === undefined && !this.classes.find(other));
      drug.names.push(...fresh);
      for (const other of fresh) this.#index.add(other, drug);
    }
  }
}

function withoutDose(folded: string): string {
  return folded
    .replace(DOSE, ' ')
    .replace(/ \d[\d./]*$/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function codings(
  display: string,
  ids: { drugbank: string | undefined; mesh: string | undefined; rxnorm: string | undefined },
): Coding[] {
  const { rxnorm = '', drugbank = '', mesh = '' } = ids;
  return [
    ...(rxnorm === '' ? [] : [{ system: SYSTEMS.rxnorm, code: rxnorm, display }]),
    ...(drugbank === '' ? [] : [{ system: SYSTEMS.drugbank, code: drugbank, display }]),
    ...(mesh === '' ? [] : [{ system: SYSTEMS.mesh, code: mesh, display }]),
  ];
}
