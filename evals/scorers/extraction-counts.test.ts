import { describe, expect, it } from 'vitest';
import type { EntityId } from '#pipelines/domain/ids.ts';
import { asId } from '#pipelines/domain/ids.ts';
import type { Flag, MedicationAction } from '#pipelines/domain/entity.ts';
import { parseInlineTags } from '../datasets/inline-tags.ts';
import { countExtraction, sumCounts } from './extraction-counts.ts';

const gold = parseInlineTags(
  'Denies <S neg>chest pain</S>. Takes <M id=m act=continue>aspirin</M> <D of=m>81 mg</D>. <C>severe asthma</C>.',
);
const entity = (words: string, label: string, flags: Flag[] = [], action: MedicationAction | null = null) => {
  const start = gold.text.indexOf(words);
  return { id: asId<EntityId>(words), label, start, end: start + words.length, score: 1, flags, action };
};
const relation = (head: string, tail: string) => ({
  type: 'of' as const,
  head: asId<EntityId>(head),
  tail: asId<EntityId>(tail),
  score: 1,
});

describe('countExtraction', () => {
  it('counts exact spans, touching spans, flags, actions and relations as the release’s scorer does', () => {
    const found = {
      entities: [
        entity('chest pain', 'Finding'),
        entity('aspirin', 'Medication'),
        entity('81 mg', 'Dose'),
        entity('asthma', 'Condition'),
      ],
      relations: [relation('81 mg', 'aspirin')],
    };
    const [finding, drug, dose, condition] = gold.entities.map((each) => ({
      ...each,
      id: asId<EntityId>(each.id),
      score: 1,
    }));
    const onGold = {
      entities: [{ ...finding!, flags: [] }, drug!, dose!, { ...condition!, flags: ['unc' as const] }],
      relations: [],
    };
    expect(countExtraction(gold, found, onGold)).toEqual({
      'strict.Finding.tp': 1,
      'strict.Medication.tp': 1,
      'strict.Dose.tp': 1,
      'strict.Condition.fp': 1,
      'strict.Condition.fn': 1,
      'overlap.Finding.foundHit': 1,
      'overlap.Finding.goldHit': 1,
      'overlap.Medication.foundHit': 1,
      'overlap.Medication.goldHit': 1,
      'overlap.Dose.foundHit': 1,
      'overlap.Dose.goldHit': 1,
      'overlap.Condition.foundHit': 1,
      'overlap.Condition.goldHit': 1,
      'allFlags.wrong': 2,
      'allFlags.right': 1,
      'flags.neg.fn': 1,
      'flags.unc.fp': 1,
      'actions.right': 1,
      'relations.of.fn': 1,
      'relationsEndToEnd.of.tp': 1,
    });
  });

  it('sums counts by name', () => {
    expect(sumCounts([{ a: 1, b: 2 }, { b: 3 }])).toEqual({ a: 1, b: 5 });
  });
});
