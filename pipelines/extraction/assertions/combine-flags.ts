import type { Flag } from '../../domain/entity.ts';
import { FLAGS } from '../../domain/entity.ts';

/** Labels on which the rules find a relative's mentions with a precision of at least 0.9 on both sets they were made on. */
const FAMILY_BY_RULES: ReadonlySet<string> = new Set(['Condition', 'Procedure']);

/**
 * Both readers as one: the model's flags, and `fam` also where the rules alone read it on a condition or procedure. For the
 * other flags neither union nor intersection beat the model on the charts outside dev and on real-train (`npm run eval --
 * context`); there a disagreement is a reason to quote and not to assert.
 */
export function combineFlags(label: string, model: readonly Flag[], rules: readonly Flag[]): Flag[] {
  const family = rules.includes('fam') && FAMILY_BY_RULES.has(label);
  return FLAGS.filter((flag) => model.includes(flag) || (flag === 'fam' && family));
}

/** Whether both readers say the same of existence and experiencer, so that a fact may be asserted. */
export function readersAgree(model: readonly Flag[], rules: readonly Flag[]): boolean {
  return (['neg', 'hyp', 'fam'] as const).every((flag) => model.includes(flag) === rules.includes(flag));
}
