import { SYSTEMS } from '#pipelines/domain/coding.ts';
import type { Coding } from '#pipelines/domain/coding.ts';
import type { TestConcept } from '#pipelines/contracts/terminology.ts';
import type { Folder } from './fold.ts';
import { NameIndex } from './name-index.ts';
import { Qualifiers } from './phrases.ts';
import { listOf } from './tables.ts';
import type { RuleTables } from './tables.ts';

interface Test {
  readonly name: string;
  readonly loinc: string;
  readonly units: readonly string[];
  /** The broader test ("blood pressure" of "systolic blood pressure"), or `panel:` and the panel's name. */
  readonly group: string;
  readonly names: readonly string[];
}

interface LoincRow {
  readonly loinc: string;
  readonly display: string;
  readonly ucum: string;
  readonly range: string;
}

const MISSPELLING_MINIMUM = 7;

/** Laboratory tests, vital signs, imaging and scores: names to concepts with LOINC code, units and reference range. */
export class Tests {
  readonly #tables: RuleTables;
  readonly #folder: Folder;
  readonly #tests = new Map<string, Test>();
  readonly #index: NameIndex<Test>;
  readonly #bySortedWords = new Map<string, Test>();
  readonly #qualifiers: Qualifiers;
  readonly #connectors: Qualifiers;
  readonly #panels: ReadonlyMap<string, readonly string[]>;
  #loinc: { byCode: ReadonlyMap<string, LoincRow>; byName: ReadonlyMap<string, LoincRow> } | null = null;

  constructor(tables: RuleTables, folder: Folder) {
    this.#tables = tables;
    this.#folder = folder;
    this.#index = new NameIndex(folder);
    const words = tables.rows('test-words.tsv');
    const of = (wanted: string): string[] =>
      words.filter(([kind]) => kind === wanted).flatMap(([, list]) => listOf(list));
    this.#qualifiers = new Qualifiers(folder, [...of('qualifier'), ...of('connector')]);
    this.#connectors = new Qualifiers(folder, of('connector'));
    this.#panels = new Map(tables.rows('panels.tsv').map(([name = '', members]) => [name, listOf(members)]));
    this.#addTests();
  }

  /** As `find`, for words that are labelled a test: short names in any case. */
  findLabelled(words: string): TestConcept | null {
    const exact = this.#index.getInAnyCase(words);
    return exact === undefined ? this.find(words) : this.#concept(exact);
  }

  find(words: string): TestConcept | null {
    const test = this.#known(words) ?? this.#index.near(words, MISSPELLING_MINIMUM);
    if (test !== undefined) return this.#concept(test);
    const folded = this.#folder.fold(words);
    for (const form of [folded, ...this.#qualifiers.reductions(folded)]) {
      const row = this.#loincRows().byName.get(form);
      if (row !== undefined) return loincConcept(form, row);
    }
    return null;
  }

  bare(words: string): string {
    return this.#qualifiers.bare(this.#folder.fold(words));
  }

  synonyms(name: string): string[] {
    const test = this.#tests.get(name);
    return test === undefined ? [name] : [name, ...test.names];
  }

  membersOfPanel(words: string): string[] {
    const test = this.#known(words);
    if (test === undefined) return [];
    const panel = test.group.startsWith('panel:') ? test.group.slice('panel:'.length) : test.name;
    return [...(this.#panels.get(panel) ?? [])];
  }

  /** The test and those that are kinds of it. */
  narrower(name: string): string[] {
    return [name, ...[...this.#tests.values()].filter((test) => test.group === name).map((test) => test.name)];
  }

  #known(words: string): Test | undefined {
    const exact = this.#index.get(words) ?? this.#index.get(words.replace(/\([^)]*\)/g, ' '));
    if (exact !== undefined) return exact;
    const folded = this.#folder.fold(words);
    for (const form of [folded, ...this.#qualifiers.reductions(folded)]) {
      const found = this.#index.getFolded(form) ?? this.#bySortedWords.get(this.#sorted(form));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** `MRI of the left knee` and `left knee MRI` have the same words. */
  #sorted(folded: string): string {
    return folded
      .split(' ')
      .filter((token) => !this.#connectors.has(token))
      .sort()
      .join(' ');
  }

  #concept(test: Test): TestConcept {
    const row = this.#loincRows().byCode.get(test.loinc);
    const code: Coding =
      test.loinc === ''
        ? { system: SYSTEMS.test, code: test.name, display: test.name }
        : { system: SYSTEMS.loinc, code: test.loinc, display: row?.display ?? test.name };
    return { name: test.name, codes: [code], units: test.units, referenceRange: rangeOf(row) };
  }

  #loincRows(): { byCode: ReadonlyMap<string, LoincRow>; byName: ReadonlyMap<string, LoincRow> } {
    if (this.#loinc !== null) return this.#loinc;
    const byCode = new Map<string, LoincRow>();
    const byName = new Map<string, LoincRow>();
    for (const [loinc = '', display = '', , ucum = '', range = ''] of this.#tables.rows('loinc-tests.tsv')) {
      const row = { loinc, display, ucum, range };
      byCode.set(loinc, row);
      const component = this.#folder.fold(display.replace(/ \[.*$/, ''));
      if (!byName.has(component) || /Serum|Blood/.test(display)) byName.set(component, row);
    }
    this.#loinc = { byCode, byName };
    return this.#loinc;
  }

  #addTests(): void {
    const rows = this.#tables.rows('tests.tsv').map(([name = '', loinc = '', units, group = '', names]) => ({
      name,
      loinc,
      units: listOf(units),
      group,
      names: listOf(names),
    }));
    for (const test of rows) {
      this.#tests.set(test.name, test);
      this.#index.add(test.name, test);
    }
    for (const test of rows) {
      for (const name of test.names) this.#index.add(name, test);
      for (const name of [test.name, ...test.names]) {
        const key = this.#sorted(this.#folder.fold(name));
        if (key.includes(' ') && !this.#bySortedWords.has(key)) this.#bySortedWords.set(key, test);
      }
    }
  }
}

/** The range as the source writes it; null where it gives none. */
function rangeOf(row: LoincRow | undefined): string | null {
  return row === undefined || row.range === '' ? null : row.range;
}

function loincConcept(name: string, row: LoincRow): TestConcept {
  return {
    name,
    codes: [{ system: SYSTEMS.loinc, code: row.loinc, display: row.display }],
    units: row.ucum === '' ? [] : [row.ucum],
    referenceRange: rangeOf(row),
  };
}
