import type { Folder } from './fold.ts';
import { NameIndex } from './name-index.ts';
import { listOf } from './tables.ts';
import type { RuleTables } from './tables.ts';

export interface DrugClass {
  readonly name: string;
  /** Direct broader classes. */
  readonly broader: readonly string[];
  readonly names: readonly string[];
  readonly members: readonly string[];
}

/** Classes of drugs with their members and the classes above them. */
export class DrugClasses {
  readonly #classes: ReadonlyMap<string, DrugClass>;
  readonly #index: NameIndex<DrugClass>;
  readonly #classesOfDrug = new Map<string, DrugClass[]>();

  constructor(tables: RuleTables, folder: Folder) {
    const classes = tables.rows('drug-classes.tsv').map(([name = '', broader, names, members]) => ({
      name,
      broader: listOf(broader),
      names: listOf(names),
      members: listOf(members).map(canonicalCombination),
    }));
    this.#classes = new Map(classes.map((drugClass) => [drugClass.name, drugClass]));
    this.#index = new NameIndex(folder);
    for (const drugClass of classes) this.#index.add(drugClass.name, drugClass);
    for (const drugClass of classes) for (const name of drugClass.names) this.#index.add(name, drugClass);
    for (const drugClass of classes) {
      for (const member of drugClass.members) {
        this.#classesOfDrug.set(member, [...(this.#classesOfDrug.get(member) ?? []), drugClass]);
      }
    }
  }

  /** All drugs that are named as members. */
  get drugs(): Iterable<string> {
    return this.#classesOfDrug.keys();
  }

  find(words: string): DrugClass | undefined {
    return this.#index.get(words);
  }

  findInAnyCase(words: string): DrugClass | undefined {
    return this.#index.getInAnyCase(words);
  }

  findFolded(folded: string): DrugClass | undefined {
    return this.#index.getFolded(folded);
  }

  /** Names of the class and of all classes above it, nearest first. */
  upwards(start: readonly DrugClass[]): string[] {
    const names: string[] = [];
    const queue = [...start];
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      if (names.includes(item.name)) continue;
      names.push(item.name);
      for (const name of item.broader) {
        const broader = this.#classes.get(name);
        if (broader !== undefined) queue.push(broader);
      }
    }
    return names;
  }

  /** Classes of a drug, most specific first: a class with fewer members is the more specific. */
  ofDrug(drug: string, ingredients: readonly string[]): string[] {
    const own = this.#classesOfDrug.get(drug) ?? [];
    const inherited = ingredients.flatMap((ingredient) => this.#classesOfDrug.get(ingredient) ?? []);
    return this.upwards([...own, ...inherited].sort((a, b) => depth(b) - depth(a)));
  }

  /** The class itself and all classes below it. */
  downwards(name: string): string[] {
    const found = [name];
    for (const item of found) {
      for (const drugClass of this.#classes.values()) {
        if (drugClass.broader.includes(item) && !found.includes(drugClass.name)) found.push(drugClass.name);
      }
    }
    return found;
  }

  members(name: string): string[] {
    return [...new Set(this.downwards(name).flatMap((below) => this.#classes.get(below)?.members ?? []))];
  }
}

function depth(drugClass: DrugClass): number {
  return drugClass.broader.length > 0 ? 1 : 0;
}

/** Ingredients in alphabetical order: `valsartan/sacubitril` and `sacubitril/valsartan` are one drug. */
export function canonicalCombination(name: string): string {
  return name.includes('/') ? name.split('/').sort().join('/') : name;
}
