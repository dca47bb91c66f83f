import { z } from 'zod';
import type { Terminology } from '#pipelines/contracts/terminology.ts';
import { ClinicalError } from '#pipelines/errors.ts';
import type { PgxRules } from '#pipelines/pgx/rules.ts';
import type { DraftOrder } from './cds-cards.ts';

const concept = z.looseObject({
  text: z.string().optional(),
  coding: z
    .array(
      z.looseObject({
        system: z.string().optional(),
        code: z.string().optional(),
        display: z.string().optional(),
      }),
    )
    .optional(),
});

/** What is read of an order; the rest of the resource may be anything. */
const orderResource = z.looseObject({
  resourceType: z.string(),
  id: z.string().optional(),
  medicationCodeableConcept: concept.optional(),
  medication: z.looseObject({ concept: concept.optional() }).optional(),
  contained: z.array(z.looseObject({ resourceType: z.string().optional(), code: concept.optional() })).optional(),
});
type OrderResource = z.output<typeof orderResource>;

const ORDERS = new Set(['MedicationRequest', 'MedicationOrder', 'MedicationPrescription']);

/**
 * The drugs among the orders of an ordering session that were just selected; all drafts where nothing is marked.
 *
 * @throws ClinicalError `REQUEST_INVALID` for an order that is no FHIR order: it is never passed over in silence.
 */
export function selectedDrugs(
  entries: readonly { readonly resource?: unknown }[],
  selections: readonly string[] | undefined,
  engines: { readonly rules: PgxRules; readonly terminology: Pick<Terminology, 'medication'> },
): readonly DraftOrder[] {
  return entries.flatMap(({ resource }) => {
    if (!isOrder(resource)) return [];
    const read = orderResource.safeParse(resource);
    if (!read.success) throw new ClinicalError('REQUEST_INVALID', { path: 'body.context.draftOrders' });
    const order = read.data;
    const reference = `${order.resourceType}/${order.id ?? ''}`;
    const isSelected =
      selections === undefined || selections.includes(reference) || selections.includes(order.id ?? '');
    const drug = isSelected ? drugOf(order, engines) : null;
    return drug === null ? [] : [{ drug, reference }];
  });
}

function isOrder(resource: unknown): boolean {
  if (typeof resource !== 'object' || resource === null || !('resourceType' in resource)) return false;
  return typeof resource.resourceType === 'string' && ORDERS.has(resource.resourceType);
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
