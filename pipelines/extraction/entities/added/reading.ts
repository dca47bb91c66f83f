import type { Terminology } from '../../../contracts/terminology.ts';
import type { TaggedEntity, TaggedRelation } from '../../../contracts/token-tagger.ts';
import type { Section } from '../../../domain/annotated-note.ts';
import type { EntityLabel, MedicationAction } from '../../../domain/entity.ts';
import type { TextRange } from '../../../domain/span.ts';
import { Claimed } from './claimed.ts';
import type { WrittenValue } from './values.ts';
import { valuesIn } from './values.ts';

/** A text being read a second time: what is known of it, what was added, and where nothing may be added any more. */
export class SecondReading {
  readonly text: string;
  readonly sections: readonly Section[];
  readonly terminology: Terminology;
  readonly known: readonly TaggedEntity[];
  readonly knownRelations: readonly TaggedRelation[];
  readonly added: TaggedEntity[] = [];
  readonly relations: TaggedRelation[] = [];
  readonly #claimed: Claimed;
  readonly #linked: ReadonlySet<string>;
  #values: readonly WrittenValue[] | null = null;

  constructor(
    layers: { readonly text: string; readonly sections: readonly Section[] },
    tagged: { readonly entities: readonly TaggedEntity[]; readonly relations: readonly TaggedRelation[] },
    terminology: Terminology,
  ) {
    this.text = layers.text;
    this.sections = layers.sections;
    this.terminology = terminology;
    this.known = tagged.entities;
    this.knownRelations = tagged.relations;
    this.#claimed = new Claimed(layers.text.length, tagged.entities);
    this.#linked = new Set(tagged.relations.filter(({ type }) => type === 'of').map(({ head }) => head));
  }

  isFree(range: TextRange): boolean {
    return this.#claimed.isFree(range);
  }

  /** Everything that is written like a result. */
  get values(): readonly WrittenValue[] {
    return (this.#values ??= valuesIn(this.text));
  }

  /** The section that holds an offset. */
  sectionAt(offset: number): Section | undefined {
    return this.sections.find(({ start, end }) => start <= offset && offset < end);
  }

  /** Adds a mention. Call only for a free range. The score of what a rule found is 1, by convention. */
  add(label: EntityLabel, { start, end }: TextRange, action: MedicationAction | null = null): TaggedEntity {
    const id = `a${this.added.length + 1}`;
    const entity: TaggedEntity = { id, label, start, end, score: 1, flags: [], action };
    this.added.push(entity);
    this.#claimed.claim(entity);
    return entity;
  }

  /** Whether the model has given a dependent its target. */
  isLinked(head: string): boolean {
    return this.#linked.has(head);
  }

  link(head: string, tail: string): void {
    this.relations.push({ type: 'of', head, tail, score: 1 });
  }
}
