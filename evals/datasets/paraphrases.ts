/** Ways in which a clinician in a hurry types the same question. */
export const PARAPHRASES = ['typo', 'abbreviated', 'reordered'] as const;
export type Paraphrase = (typeof PARAPHRASES)[number];

const SHORT: readonly (readonly [RegExp, string])[] = [
  [/\bmost recent\b/gi, 'latest'],
  [/\bblood pressure\b/gi, 'bp'],
  [/\bheart rate\b/gi, 'hr'],
  [/\bhistory of\b/gi, 'h/o'],
  [/\bhistory\b/gi, 'hx'],
  [/\bmedications?\b/gi, 'meds'],
  [/\btreatment\b/gi, 'tx'],
  [/\btreated\b/gi, "tx'd"],
  [/\bdiagnosed\b/gi, "dx'd"],
  [/\bsurgery\b/gi, 'sx'],
  [/\bpatient\b/gi, 'pt'],
  [/\bwithout\b/gi, 'w/o'],
  [/\bwith\b/gi, 'w/'],
  [/\band\b/gi, '&'],
  [/\bbefore\b/gi, 'b4'],
  [/\bwhat(?:'s| is| was| were| are)\b/gi, 'whats'],
  [/\bhemoglobin\b/gi, 'hgb'],
  [/\bhaemoglobin\b/gi, 'hb'],
  [/\bcreatinine\b/gi, 'cr'],
  [/\bplatelets?\b/gi, 'plts'],
  [/\batrial fibrillation\b/gi, 'afib'],
  [/\bdiabetes\b/gi, 'dm'],
  [/\b(?:does|did|has|have|had|is|was|are|were) (?:he|she|her|his)\b/gi, 'pt'],
  [/\b(?:the|a|an)\s/gi, ''],
];

/** Rewrites a question, made by rule from the seeded numbers; null where this way would leave it as it is. */
export function paraphrase(question: string, way: Paraphrase, random: () => number): string | null {
  const written =
    way === 'typo' ? withTypo(question, random) : way === 'abbreviated' ? abbreviated(question) : reordered(question);
  return written === null || written.toLowerCase() === question.toLowerCase() ? null : written;
}

/** Swaps, drops or doubles a letter inside one word of five letters or more. */
function withTypo(question: string, random: () => number): string | null {
  const words = [...question.matchAll(/\b[a-zA-Z]{5,}\b/g)];
  if (words.length === 0) return null;
  const word = words[Math.floor(random() * words.length)]!;
  const at = 1 + Math.floor(random() * (word[0].length - 3));
  const kind = Math.floor(random() * 3);
  const [before, letter, next, after] = [word[0].slice(0, at), word[0][at]!, word[0][at + 1]!, word[0].slice(at + 2)];
  const wrong =
    kind === 0
      ? before + next + letter + after
      : kind === 1
        ? before + next + after
        : before + letter + letter + next + after;
  return question.slice(0, word.index) + wrong + question.slice(word.index + word[0].length);
}

function abbreviated(question: string): string {
  const text = SHORT.reduce((written, [pattern, short]) => written.replace(pattern, short), question);
  return text.replace(/\s+/g, ' ').replace(/\?$/, '').trim().toLowerCase();
}

/** Puts the closing phrase of place or time first, else the words after the opening question word before it. */
function reordered(question: string): string | null {
  const body = question.replace(/[?.\s]+$/, '');
  const phrase = /^(.{8,}?)\s+((?:in|on|at|after|before|since|during|when|for)\s+[^,;?]+)$/i.exec(body);
  if (phrase !== null) return `${phrase[2]}, ${phrase[1]![0]!.toLowerCase()}${phrase[1]!.slice(1)}?`;
  const opening = /^((?:what|which|when|why|how|who|where|any|latest|last|current)\b(?:'s)?)\s+(.+)$/i.exec(body);
  return opening === null ? null : `${opening[2]} - ${opening[1]!.toLowerCase()}?`;
}
