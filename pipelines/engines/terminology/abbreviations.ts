import type { RuleTables } from './tables.ts';

/** Abbreviations with their senses, most frequent first, and terms with their short forms. */
export class Abbreviations {
  readonly #senses = new Map<string, string[]>();
  readonly #shortForms = new Map<string, string[]>();

  constructor(tables: RuleTables) {
    for (const [short = '', sense = ''] of tables.rows('abbreviations.tsv')) {
      this.#senses.set(short, [...(this.#senses.get(short) ?? []), sense]);
      this.#shortForms.set(sense, [...(this.#shortForms.get(sense) ?? []), short]);
    }
  }

  /** Long forms of a lower-case abbreviation. */
  senses(short: string): readonly string[] {
    return this.#senses.get(short) ?? [];
  }

  /** Short forms of a lower-case term. */
  shortForms(term: string): readonly string[] {
    return this.#shortForms.get(term) ?? [];
  }
}
