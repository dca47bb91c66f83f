import rules from '../../rules/answering/1/indications.json' with { type: 'json' };
import type { Subject } from '../question/types.ts';
import type { DraftContext } from './types.ts';

/** Conditions and the classes of drugs that are taken for them and for little else. */
const CLASSES: readonly {
  readonly anywhere: RegExp;
  readonly classes: readonly string[];
}[] = rules.classes.map(([words, classes]) => ({
  anywhere: new RegExp(`\\b(?:${words!})(?![\\p{L}\\d])`, 'iu'),
  classes: classes!.split(', '),
}));
/** "For her diabetes", "the mood meds": words of a purpose beside a word for taking something. */
const PURPOSE =
  /\b(?:for|against|controlling|managing|treating) (?:(?:her|his|their|the|an?|pt'?s?|this|any) )?([\p{L}\d' -]{2,40})|((?:\p{L}[\p{L}\d'-]* )?\p{L}[\p{L}\d'-]*) (?:meds?|medications?|medicines?|regimen|treatments?|therapy|drugs?|tablets?|pills?|prescriptions?)\b(?! (?:allerg|react|level|elut|screen))/giu;
const TAKES =
  /\b(?:anything|something|on|tak\w+|us(?:es?|ing)|meds?|medications?|medicines?|regimen|treat\w*|therapy|drugs?|tablets?|pills?|prescri\w+)\b/i;

/** The drugs that are taken for the purpose that a question names, as a class of their own; none where it names none. */
export function purposesOf({ question, terminology }: Pick<DraftContext, 'question' | 'terminology'>): Subject[] {
  const { corrected } = question;
  if (!TAKES.test(corrected)) return [];
  return [...corrected.matchAll(PURPOSE)].flatMap((match) => {
    const words = match[1] ?? match[2]!;
    const row = CLASSES.find(({ anywhere }) => anywhere.test(words));
    if (row === undefined) return [];
    const members = row.classes.flatMap((name) => [name, ...terminology.membersOfClass(name)]);
    const start = match.index;
    return [{ kind: 'class', key: words, words, start, end: start + words.length, members, forms: [], known: true }];
  });
}
