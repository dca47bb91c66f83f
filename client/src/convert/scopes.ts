/** Windows and places that a question can be narrowed to by a press; their words are those that the question reader knows. */
export const SCOPES = ['last 12 months', 'at discharge'] as const;
export type Scope = (typeof SCOPES)[number];

const WORDS: Readonly<Record<Scope, string>> = {
  'last 12 months': 'in the last 12 months',
  'at discharge': 'at discharge',
};

/** A question with its scopes in words, before its question mark; one that already says so is left as it is. */
export function scopedQuestion(question: string, scopes: readonly Scope[]): string {
  const asked = question.trim();
  const added = scopes.map((scope) => WORDS[scope]).filter((words) => !asked.toLowerCase().includes(words));
  if (added.length === 0) return asked;
  const [, words, mark] = /^([\s\S]*?)([?.!\s]*)$/.exec(asked)!;
  return `${words} ${added.join(' ')}${mark!.trim()}`;
}
