import type { Folder } from './fold.ts';
import { NameIndex } from './name-index.ts';
import { Qualifiers } from './phrases.ts';
import { listOf } from './tables.ts';
import type { RuleTables } from './tables.ts';

interface Procedure {
  readonly name: string;
  readonly broader: readonly string[];
  readonly names: readonly string[];
}

/** Surgery, devices and other treatment that is not a drug. These have names but no open code system here. */
export class Procedures {
  readonly #folder: Folder;
  readonly #procedures: ReadonlyMap<string, Procedure>;
  readonly #index: NameIndex<Procedure>;
  readonly #qualifiers: Qualifiers;

  constructor(tables: RuleTables, folder: Folder) {
    this.#folder = folder;
    this.#index = new NameIndex(folder);
    const modifiers = tables.rows('modifiers.tsv').filter(([kind]) => kind !== 'site' && kind !== 'trailing');
    this.#qualifiers = new Qualifiers(folder, [
      ...modifiers.flatMap(([, words]) => listOf(words)),
      ...tables
        .rows('test-words.tsv')
        .filter(([kind]) => kind === 'qualifier')
        .flatMap(([, words]) => listOf(words)),
      ...[
        'elective',
        'emergent',
        'emergency',
        'laparoscopic',
        'lap',
        'robotic',
        'open',
        's/p',
        'status post',
        'planned',
      ],
      ...['successful', 'attempted', 'redo', 'therapeutic', 'placement', 'insertion', 'implantation', 'procedure'],
    ]);
    const rows = tables.rows('procedures.tsv').map(([name = '', broader, names]) => ({
      name,
      broader: listOf(broader),
      names: listOf(names),
    }));
    this.#procedures = new Map(rows.map((procedure) => [procedure.name, procedure]));
    for (const procedure of rows) this.#index.add(procedure.name, procedure);
    for (const procedure of rows) for (const name of procedure.names) this.#index.add(name, procedure);
  }

  /** Canonical lower-case name; null for what is not known. */
  find(words: string): string | null {
    const exact = this.#index.get(words) ?? this.#index.get(words.replace(/\([^)]*\)/g, ' '));
    if (exact !== undefined) return exact.name;
    const folded = this.#folder.fold(words).replace(/ x ?\d\b/, '');
    const cut = folded.replace(/ (?:of|with|to|for|on|in|at|x\d) .*$/, '');
    for (const form of [folded, ...this.#qualifiers.reductions(folded), cut, ...this.#qualifiers.reductions(cut)]) {
      const found = this.#index.getFolded(form);
      if (found !== undefined) return found.name;
    }
    return null;
  }

  bare(words: string): string {
    return this.#qualifiers.bare(this.#folder.fold(words));
  }

  synonyms(name: string): string[] {
    return [name, ...(this.#procedures.get(name)?.names ?? [])];
  }

  narrower(name: string): string[] {
    const found = [name];
    for (const item of found) {
      for (const procedure of this.#procedures.values()) {
        if (procedure.broader.includes(item) && !found.includes(procedure.name)) found.push(procedure.name);
      }
    }
    return found;
  }
}
