import type { ConflictItem } from '#server/contract/index.ts';

const TITLES: Readonly<Record<ConflictItem['kind'], string>> = {
  'allergy-against-order': 'ordered despite an allergy',
  'no-allergies-against-reaction': 'no known allergies, yet a reaction',
  laterality: 'left against right',
  smoking: 'smoking status',
  'active-against-resolved': 'active against resolved',
  'two-doses': 'two doses at once',
  'two-values': 'two values for one test and time',
  'present-against-denied': 'present against denied',
};

/** Names a conflict. Only an order against an allergy is danger; the others ask for a look. */
export function conflictTitle({ kind, display }: Pick<ConflictItem, 'kind' | 'display'>): {
  readonly text: string;
  readonly danger: boolean;
} {
  return { text: `${display}: ${TITLES[kind]}`, danger: kind === 'allergy-against-order' };
}
