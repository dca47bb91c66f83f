import { listOf } from './tables.ts';
import type { RuleTables } from './tables.ts';

/** Habits by the words that give them away; the table's order decides. */
export class Habits {
  readonly #cues: readonly { readonly habit: string; readonly pattern: RegExp; readonly names: readonly string[] }[];

  constructor(tables: RuleTables) {
    this.#cues = tables.rows('habits.tsv').map(([habit = '', names]) => ({
      habit,
      names: listOf(names),
      pattern: new RegExp(`(?:^|[^a-z])(?:${listOf(names).map(escaped).join('|')})`, 'i'),
    }));
  }

  /** `tobacco`, `alcohol`, `drugs`, `exercise` or `occupation`; null where no cue word occurs. */
  find(words: string): string | null {
    return this.#cues.find(({ pattern }) => pattern.test(words))?.habit ?? null;
  }

  synonyms(habit: string): readonly string[] {
    return this.#cues.find((cue) => cue.habit === habit)?.names ?? [];
  }
}

/** Gene symbol of a genotype mention, lower case (`cyp2d6`); null where none is seen. */
export function geneOf(words: string): string | null {
  if (/factor v leiden|\bfvl\b/i.test(words)) return 'f5';
  if (/prothrombin g20210|factor ii\b/i.test(words)) return 'f2';
  const hla = /hla[- ]?([ab])\*?/i.exec(words);
  if (hla !== null) return `hla-${hla[1]!.toLowerCase()}`;
  const cyp = /\b(?:cyp ?)?([1-4][a-z]\d{1,2})\b/i.exec(words);
  if (cyp !== null) return `cyp${cyp[1]!.toLowerCase()}`;
  const symbol = /\b[A-Z][A-Z0-9]{2,7}(?:-[A-Z0-9]+)?\b/.exec(words.replace(/\bCYP /g, 'CYP'));
  return symbol === null ? null : symbol[0].toLowerCase();
}

function escaped(text: string): string {
  return text.replace(/[.*+?^$()[\]{}|\\/]/g, '\\$&');
}
