import type { Flag, MedicationAction, RelationType } from '#pipelines/domain/entity.ts';

/** A gold entity of the annotation guideline, with offsets into the clean text (UTF-16 code units). */
export interface GoldEntity {
  readonly id: string;
  readonly label: string;
  readonly start: number;
  readonly end: number;
  readonly flags: readonly Flag[];
  readonly action: MedicationAction | null;
}

export interface GoldRelation {
  readonly type: RelationType;
  readonly head: string;
  readonly tail: string;
}

export interface TaggedDocument {
  readonly text: string;
  readonly entities: readonly GoldEntity[];
  readonly relations: readonly GoldRelation[];
}

const LABEL_OF_TAG: Readonly<Record<string, string>> = {
  C: 'Condition',
  S: 'Finding',
  M: 'Medication',
  D: 'Dose',
  R: 'Route',
  F: 'Frequency',
  O: 'Form',
  U: 'Duration',
  P: 'Procedure',
  T: 'Test',
  V: 'Value',
  A: 'BodySite',
  W: 'Time',
  H: 'Habit',
  Z: 'Genotype',
};
const FLAG_NAMES: ReadonlySet<string> = new Set(['neg', 'unc', 'hyp', 'hist', 'fam']);
const RELATION_NAMES: ReadonlySet<string> = new Set(['of', 'for', 'by', 'shows']);
const TOKEN = /<(\/?)([CSMDROUPTVAWHZF])((?:\s+[a-z]+(?:=[A-Za-z0-9_,]+)?)*)>/g;

/** Parses inline tags (`<C neg>DVT</C>`): the clean text, and what was tagged. Tags never nest. */
export function parseInlineTags(tagged: string): TaggedDocument {
  const entities: GoldEntity[] = [];
  const links: { type: RelationType; head: string; targets: readonly string[] }[] = [];
  const idOfName = new Map<string, string>();
  let text = '';
  let position = 0;
  let open: { label: string; start: number; attributes: string } | null = null;
  for (const match of tagged.matchAll(TOKEN)) {
    text += tagged.slice(position, match.index);
    position = match.index + match[0].length;
    if (match[1] === '') {
      open = { label: LABEL_OF_TAG[match[2]!]!, start: text.length, attributes: match[3]! };
    } else if (open !== null) {
      const id = `g${entities.length + 1}`;
      entities.push({
        ...readAttributes(open.attributes, id, idOfName, links),
        id,
        label: open.label,
        start: open.start,
        end: text.length,
      });
      open = null;
    }
  }
  text += tagged.slice(position);
  const relations = links.flatMap(({ type, head, targets }) =>
    targets.flatMap((name) => {
      const tail = idOfName.get(name);
      return tail === undefined ? [] : [{ type, head, tail }];
    }),
  );
  return { text, entities, relations };
}

function readAttributes(
  attributes: string,
  id: string,
  idOfName: Map<string, string>,
  links: { type: RelationType; head: string; targets: readonly string[] }[],
): { flags: Flag[]; action: MedicationAction | null } {
  const flags: Flag[] = [];
  let action: MedicationAction | null = null;
  for (const attribute of attributes.split(/\s+/).filter(Boolean)) {
    const [key, value] = attribute.split('=') as [string, string | undefined];
    if (value === undefined && FLAG_NAMES.has(key)) flags.push(key as Flag);
    else if (key === 'act') action = (value ?? null) as MedicationAction | null;
    else if (key === 'id' && value !== undefined) idOfName.set(value, id);
    else if (RELATION_NAMES.has(key) && value !== undefined)
      links.push({ type: key as RelationType, head: id, targets: value.split(',').filter(Boolean) });
  }
  return { flags, action };
}
