import type { Assertion } from '#pipelines/domain/assertion.ts';
import { assertionOf } from '#pipelines/domain/assertion.ts';
import type { Entity } from '#pipelines/domain/entity.ts';

/** What a mention says, after the model. */
export function assertionOfMention(entity: Entity): Assertion {
  return assertionOf(entity.flags);
}

/** Whether model and rules, the two independent readers, disagree about polarity or about whose it is. */
export function readersDisagree({ flags, ruleFlags }: Entity): boolean {
  if (ruleFlags === undefined) return false;
  return flags.includes('neg') !== ruleFlags.includes('neg') || flags.includes('fam') !== ruleFlags.includes('fam');
}
