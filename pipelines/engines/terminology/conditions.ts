import { SYSTEMS } from '#pipelines/domain/coding.ts';
import type { Coding } from '#pipelines/domain/coding.ts';
import type { ConditionConcept } from '#pipelines/contracts/terminology.ts';
import type { Folder } from './fold.ts';
import { NameIndex } from './name-index.ts';
import { Qualifiers } from './phrases.ts';
import { listOf } from './tables.ts';
import type { RuleTables } from './tables.ts';

interface Condition {
  readonly name: string;
  readonly broader: readonly string[];
  readonly names: string[];
  readonly finding: boolean;
}

/** A name with the code of its own: a stage or type has the concept of the whole and a narrower code. */
interface NamedCondition {
  readonly condition: Condition;
  readonly icd10: string;
}

interface OntologyTerm {
  readonly doid: string;
  readonly name: string;
  readonly parents: readonly string[];
  readonly icd10: readonly string[];
}

const MISSPELLING_MINIMUM = 7;
const TAIL =
  / (?:with|w\/|due to|secondary to|2\/2|complicated by|in the setting of|in setting of|related to|from|on|in the|in|post|after|at) .*$/;
const STAGE =
  /\b(?:stage|grade|nyha|class|type|childs?|child pugh|acc|gold|killip)(?: class| stage)? (?:[0-9]+[a-e]?|i{1,3}[abc]?|iv|v|[abc])(?:\b|$)/g;

/** Conditions and findings: names to concepts with ICD-10-CM and Disease Ontology codes. */
export class Conditions {
  readonly #folder: Folder;
  readonly #tables: RuleTables;
  readonly #conditions = new Map<string, Condition>();
  readonly #index: NameIndex<NamedCondition>;
  readonly #qualifiers: Qualifiers;
  readonly #anywhere: Qualifiers;
  readonly #withSites: Qualifiers;
  readonly #parents = new Set<string>();
  readonly #sameWords: ReadonlyMap<string, string>;
  #ontology: { terms: ReadonlyMap<string, OntologyTerm>; byFolded: ReadonlyMap<string, OntologyTerm> } | null = null;
  #indexTerms: ReadonlyMap<string, string> | null = null;
  #titles: ReadonlyMap<string, string> | null = null;

  constructor(tables: RuleTables, folder: Folder) {
    this.#tables = tables;
    this.#folder = folder;
    this.#index = new NameIndex(folder);
    this.#sameWords = new Map(
      tables.rows('condition-words.tsv').map(([word = '', same = '']) => [folder.fold(word), folder.fold(same)]),
    );
    const modifiers = tables.rows('modifiers.tsv');
    const of = (kinds: readonly string[]): string[] =>
      modifiers.filter(([kind = '']) => kinds.includes(kind)).flatMap(([, words]) => listOf(words));
    this.#anywhere = new Qualifiers(folder, of(['severity', 'course', 'laterality', 'article']));
    this.#qualifiers = new Qualifiers(folder, of(['severity', 'course', 'laterality', 'article', 'trailing']));
    this.#withSites = new Qualifiers(folder, of(['severity', 'course', 'laterality', 'article', 'trailing', 'site']));
    this.#addTable('conditions.tsv', false);
    this.#addTable('findings.tsv', true);
  }

  /** As `find`, for words that are labelled a condition: short names in any case. */
  findLabelled(words: string): ConditionConcept | null {
    const exact = this.#index.getInAnyCase(words);
    return exact === undefined ? this.find(words) : this.#concept(exact);
  }

  find(words: string): ConditionConcept | null {
    const known = this.#known(words);
    if (known !== null) return this.#concept(known);
    const folded = this.#folder.fold(words);
    for (const form of [folded, ...this.#qualifiers.reductions(folded)]) {
      const term = this.#disease(form);
      if (term !== undefined) return this.#ontologyConcept(term);
      const code = this.#indexTerm(form);
      if (code !== undefined) return { name: form, codes: [this.#icd10(code)] };
    }
    const near = this.#index.near(words, MISSPELLING_MINIMUM);
    return near === undefined ? null : this.#concept(near);
  }

  /** The words without what only qualifies them, for comparing what no table knows. */
  bare(words: string): string {
    const folded = this.#folder.fold(words);
    return this.#anywhere.bare(folded);
  }

  synonyms(name: string): string[] {
    return [name, ...(this.#conditions.get(name)?.names ?? [])];
  }

  /** Concepts that this one takes in, itself first: curated ones below it, then Disease Ontology terms below it. */
  narrower(name: string): string[] {
    const found = [name];
    for (const item of found) {
      for (const condition of this.#conditions.values()) {
        if (condition.broader.includes(item) && !found.includes(condition.name)) found.push(condition.name);
      }
    }
    return [...new Set([...found, ...this.#ontologyBelow(name)])];
  }

  #known(words: string): NamedCondition | null {
    const exact = this.#index.get(words) ?? this.#index.get(words.replace(/\([^)]*\)/g, ' '));
    if (exact !== undefined) return exact;
    const folded = this.#folder.fold(words);
    const unstaged = folded.replace(STAGE, ' ').replace(/\s+/g, ' ').trim();
    const forms = [folded, folded.replace(TAIL, ''), unstaged, unstaged.replace(TAIL, '')];
    for (const form of new Set(forms)) {
      const found = this.#reduced(form);
      if (found !== null) return found;
    }
    return this.#turned(folded) ?? this.#reworded(folded);
  }

  #reduced(folded: string): NamedCondition | null {
    for (const form of [folded, ...this.#qualifiers.reductions(folded)]) {
      const found = this.#index.getFolded(form);
      if (found !== undefined) return found;
    }
    for (const form of this.#withSites.reductions(folded)) {
      const found = this.#index.getFolded(form);
      if (found !== undefined && this.#staysTheSameWithoutSite(found.condition)) return found;
    }
    return null;
  }

  /** "Leg cellulitis" is cellulitis; "foot pain" is not just pain, nor "toe fracture" just a fracture. */
  #staysTheSameWithoutSite(condition: Condition): boolean {
    return !condition.finding && !this.#parents.has(condition.name);
  }

  /** Word by word with the usual word for each: `pancreatic ca` as `pancreatic cancer`. */
  #reworded(folded: string): NamedCondition | null {
    const unstaged = folded.replace(STAGE, ' ').replace(/\s+/g, ' ').trim();
    const words = unstaged.split(' ').map((word) => this.#sameWords.get(word) ?? word);
    const reworded = words.join(' ');
    return reworded === folded || words.length < 2 ? null : this.#reduced(reworded);
  }

  /** `cancer of the breast` as `breast cancer`. */
  #turned(folded: string): NamedCondition | null {
    const match = /^(.+?) (?:of|in) (?:the |her |his )?(.+)$/.exec(folded);
    if (match === null) return null;
    return this.#reduced(`${match[2]!} ${match[1]!}`) ?? this.#reduced(match[1]!);
  }

  #concept({ condition, icd10 }: NamedCondition): ConditionConcept {
    const term = this.#diseaseOf(condition);
    const codes = [
      ...(icd10 === '' ? [] : [this.#icd10(icd10)]),
      ...(term === undefined ? [] : [{ system: SYSTEMS.doid, code: `DOID:${term.doid}`, display: term.name }]),
    ];
    return { name: condition.name, codes };
  }

  #ontologyConcept(term: OntologyTerm): ConditionConcept {
    return {
      name: term.name.toLowerCase(),
      codes: [
        ...term.icd10.slice(0, 1).map((code) => this.#icd10(code)),
        { system: SYSTEMS.doid, code: `DOID:${term.doid}`, display: term.name },
      ],
    };
  }

  #icd10(code: string): Coding {
    this.#titles ??= new Map(this.#tables.rows('icd10cm-titles.tsv').map(([key = '', title = '']) => [key, title]));
    return { system: SYSTEMS.icd10cm, version: '2026', code, display: this.#titles.get(code) ?? code };
  }

  #indexTerm(folded: string): string | undefined {
    this.#indexTerms ??= new Map(
      this.#tables.rows('icd10cm-terms.tsv').map(([term = '', code = '']) => [this.#folder.fold(term), code]),
    );
    return this.#indexTerms.get(folded);
  }

  #disease(folded: string): OntologyTerm | undefined {
    return this.#diseases().byFolded.get(folded);
  }

  #diseaseOf(condition: Condition): OntologyTerm | undefined {
    for (const name of [condition.name, ...condition.names]) {
      const term = name.length > 4 ? this.#disease(this.#folder.fold(name)) : undefined;
      if (term !== undefined) return term;
    }
    return undefined;
  }

  #diseases(): { terms: ReadonlyMap<string, OntologyTerm>; byFolded: ReadonlyMap<string, OntologyTerm> } {
    if (this.#ontology !== null) return this.#ontology;
    const terms = this.#tables.rows('disease-ontology.tsv').map(([doid = '', name = '', parents, icd10]) => ({
      doid,
      name,
      parents: listOf(parents),
      icd10: listOf(icd10),
    }));
    this.#ontology = {
      terms: new Map(terms.map((term) => [term.name, term])),
      byFolded: new Map(terms.map((term) => [this.#folder.fold(term.name), term])),
    };
    return this.#ontology;
  }

  #ontologyBelow(name: string): string[] {
    const root = this.#conditions.has(name)
      ? this.#diseaseOf(this.#conditions.get(name)!)
      : this.#disease(this.#folder.fold(name));
    if (root === undefined) return [];
    const children = new Map<string, string[]>();
    for (const term of this.#diseases().terms.values()) {
      for (const parent of term.parents) children.set(parent, [...(children.get(parent) ?? []), term.name]);
    }
    const below = [root.name];
    for (const item of below) {
      for (const child of children.get(item) ?? []) if (!below.includes(child)) below.push(child);
    }
    return below.map((label) => this.#index.get(label)?.condition.name ?? label.toLowerCase());
  }

  /** A row that begins with `>` names a type or stage of the row above it: the same concept with its own code. */
  #addTable(file: string, finding: boolean): void {
    let whole: Condition | null = null;
    const named: { name: string; value: NamedCondition }[] = [];
    for (const [first = '', icd10 = '', broader, names] of this.#tables.rows(file)) {
      const name = first.replace(/^>/, '');
      const others = listOf(names);
      if (first.startsWith('>') && whole !== null) {
        whole.names.push(name, ...others);
      } else {
        whole = { name, broader: listOf(broader), names: [...others], finding };
        for (const parent of whole.broader) this.#parents.add(parent);
        this.#conditions.set(name, whole);
      }
      this.#index.add(name, { condition: whole, icd10 });
      for (const other of others) named.push({ name: other, value: { condition: whole, icd10 } });
    }
    for (const { name, value } of named) this.#index.add(name, value);
  }
}
