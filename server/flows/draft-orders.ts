import type { Terminology } from '#pipelines/contracts/terminology.ts';
import type { PgxRules } from '#pipelines/pgx/rules.ts';
import type { DraftOrder } from './cds-cards.ts';

interface Concept {
  readonly text?: string;
  readonly coding?: readonly { readonly system?: string; readonly code?: string; readonly display?: string }[];
}

interface OrderResource {
  readonly resourceType: string;
  readonly id?: string;
  readonly medicationCodeableConcept?: Concept;
  readonly medication?: { readonly concept?: Concept };
  readonly contained?: readonly { readonly resourceType?: string; readonly code?: Concept }[];
}

const ORDERS = new Set(['MedicationRequest', 'MedicationOrder', 'MedicationPrescription']);

/** The drugs among the orders of an ordering session that were just selected; all drafts where nothing is marked. */
export function selectedDrugs(
  entries: readonly { readonly resource?: unknown }[],
  selections: readonly string[] | undefined,
  engines: { readonly rules: PgxRules; readonly terminology: Pick<Terminology, 'medication'> },
): readonly DraftOrder[] {
  return entries.flatMap(({ resource }) => {
    const order = resource as OrderResource | undefined;
    if (order === undefined || !ORDERS.has(order.resourceType)) return [];
    const reference = `${order.resourceType}/${order.id ?? ''}`;
    const isSelected =
      selections === undefined || selections.includes(reference) || selections.includes(order.id ?? '');
    const drug = isSelected ? drugOf(order, engines) : null;
    return drug === null ? [] : [{ drug, reference }];
  });
}

function drugOf(order: OrderResource, { rules, terminology }: Parameters<typeof selectedDrugs>[2]): string | null {
  const contained = order.contained?.find((inner) => inner.resourceType === 'Medication')?.code;
  const concept = order.medicationCodeableConcept ?? order.medication?.concept ?? contained;
  if (concept === undefined) return null;
  const codes = (concept.coding ?? []).flatMap(({ system, code }) =>
    system?.includes('rxnorm') === true && code !== undefined ? [code] : [],
  );
  const byCode = [...rules.drugs.values()].find(({ rxnorm }) => rxnorm !== null && codes.includes(rxnorm));
  if (byCode !== undefined) return byCode.name;
  const names = [concept.text, ...(concept.coding ?? []).map(({ display }) => display)].filter(
    (name) => name !== undefined,
  );
  return (
    names.map((name) => nameInside(name, rules, terminology)).find((name) => name !== null) ??
    names[0]?.toLowerCase() ??
    null
  );
}

/** The drug in "Clopidogrel 75 MG Oral Tablet [Plavix]": the longest run of leading words that is a known drug. */
function nameInside(display: string, rules: PgxRules, terminology: Pick<Terminology, 'medication'>): string | null {
  const words = display
    .split(/[\s,]+/)
    .filter((word) => word !== '')
    .slice(0, 6);
  for (let length = words.length; length > 0; length -= 1) {
    const name = words.slice(0, length).join(' ').toLowerCase();
    if (rules.drugs.has(name)) return name;
    const known = terminology.medication(name);
    if (known !== null && !known.isClass) return known.name;
  }
  return null;
}
