import type { ClaimDrafter } from '../contracts/claim-drafter.ts';
import type { Claim } from '../domain/evidence.ts';
import { ClinicalError } from '../errors.ts';
import type { DraftClaim } from './draft/types.ts';
import { quoteUnit } from './draft/wording.ts';
import type { Prepared } from './prepare.ts';
import { denies, draftedWordsRefusal } from './verify/drafted-words.ts';
import { verifyClaims } from './verify/gate.ts';

/** What a language model contributed, or why it did not. */
export interface ModelClaims {
  readonly name: string;
  readonly prompt: string;
  readonly claims: readonly Claim[];
  /** Set where the rules' answer has to stand in. */
  readonly fallback: string | null;
}

/**
 * Lets a language model word claims from the gathered sentences; its claims pass the same gate as any other. Nothing
 * that it returns can add evidence, and a failure only means that the rules' answer is shown.
 */
export async function modelClaims(model: ClaimDrafter, question: string, prepared: Prepared): Promise<ModelClaims> {
  const base = { name: model.name, prompt: model.prompt, claims: [] };
  const quoted = prepared.evidence.map(({ unit }) => quoteUnit(unit, [], 80));
  if (quoted.length === 0) return { ...base, fallback: 'no evidence to word' };
  const evidence = prepared.evidence.map(({ unit }, i) => ({
    number: i + 1,
    source: `${unit.note.note.type}, ${unit.date}`,
    text: quoted[i]!.text,
  }));
  try {
    const drafted = await model.draft(question, evidence);
    const refusedWords: string[] = [];
    const drafts = drafted.flatMap(({ text, evidence: numbers }): DraftClaim[] => {
      const [first, ...rest] = numbers.flatMap((number) => quoted[number - 1]?.citation ?? []);
      if (first === undefined) return [];
      const cited = numbers.flatMap((number) => prepared.evidence[number - 1]?.unit.text ?? []).join('\n');
      const refusal = draftedWordsRefusal(text, cited);
      if (refusal !== null) refusedWords.push(refusal);
      return refusal === null
        ? [{ text, citations: [first, ...rest], polarity: denies(text) ? 'denied' : 'present' }]
        : [];
    });
    const gate = verifyClaims(drafts, prepared.context.index, prepared.context.terminology);
    const { claims } = gate;
    const refused = [...refusedWords, ...gate.refused];
    if (claims.length > 0) return { ...base, claims, fallback: null };
    return {
      ...base,
      fallback: refused.length > 0 ? `no claim passed verification (${refused.join(', ')})` : 'no claims',
    };
  } catch (error) {
    if (!(error instanceof ClinicalError)) throw error;
    return { ...base, fallback: error.code };
  }
}
