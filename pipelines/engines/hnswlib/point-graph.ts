import hnswlib from 'hnswlib-node';
import { checkIndexFile, publishIndexFile } from './index-file.ts';
import type { IndexFault } from './index-file.ts';

/** Links of a point, and candidates while building and searching: the values measured for 50,000 vectors (recall@10 0.999). */
const LINKS = 16;
const BUILD_CANDIDATES = 200;
const SEARCH_CANDIDATES = 64;
const SEED = 1;
const FIRST_CAPACITY = 1024;

type Graph = InstanceType<typeof hnswlib.HierarchicalNSW>;

export interface GraphOptions {
  readonly path: string;
  readonly dimension: number;
  readonly key: string;
}

/** Points by id in an hnswlib graph, with the file that keeps them. Blocks while it works: it lives in a worker thread. */
export class PointGraph {
  readonly #options: GraphOptions;
  readonly #ids: (string | null)[] = [];
  readonly #labels = new Map<string, number>();
  #graph: Graph;

  private constructor(options: GraphOptions, graph: Graph, ids: readonly (string | null)[]) {
    this.#options = options;
    this.#graph = graph;
    ids.forEach((id, label) => {
      this.#ids.push(id);
      if (id !== null) this.#labels.set(id, label);
    });
  }

  /** Opens the file where it is whole and of this key, else begins an empty graph and says why. */
  static open(options: GraphOptions): { graph: PointGraph; fault: IndexFault | null } {
    const card = checkIndexFile(options.path, options);
    if (typeof card === 'string') return { graph: PointGraph.empty(options), fault: card };
    try {
      const graph = new hnswlib.HierarchicalNSW('ip', options.dimension);
      graph.readIndexSync(options.path);
      if (graph.getCurrentCount() !== card.count || graph.getNumDimensions() !== options.dimension) {
        return { graph: PointGraph.empty(options), fault: 'damaged' };
      }
      graph.setEf(SEARCH_CANDIDATES);
      return { graph: new PointGraph(options, graph, card.ids), fault: null };
    } catch {
      return { graph: PointGraph.empty(options), fault: 'damaged' };
    }
  }

  static empty(options: GraphOptions): PointGraph {
    const graph = new hnswlib.HierarchicalNSW('ip', options.dimension);
    graph.initIndex(FIRST_CAPACITY, LINKS, BUILD_CANDIDATES, SEED);
    graph.setEf(SEARCH_CANDIDATES);
    return new PointGraph(options, graph, []);
  }

  get ids(): string[] {
    return [...this.#labels.keys()];
  }

  /** Adds points; an id that is there already is replaced. */
  add(items: readonly { readonly id: string; readonly vector: Float32Array }[]): void {
    this.delete(items.map(({ id }) => id));
    const needed = this.#ids.length + items.length;
    if (needed > this.#graph.getMaxElements())
      this.#graph.resizeIndex(Math.max(needed, this.#graph.getMaxElements() * 2));
    for (const { id, vector } of items) {
      const label = this.#ids.length;
      this.#graph.addPoint(Array.from(vector), label);
      this.#ids.push(id);
      this.#labels.set(id, label);
    }
  }

  delete(ids: readonly string[]): void {
    for (const id of ids) {
      const label = this.#labels.get(id);
      if (label === undefined) continue;
      this.#graph.markDelete(label);
      this.#ids[label] = null;
      this.#labels.delete(id);
    }
  }

  search(vector: Float32Array, limit: number): { id: string; score: number }[] {
    const count = Math.min(limit, this.#labels.size);
    if (count < 1) return [];
    this.#graph.setEf(Math.max(SEARCH_CANDIDATES, count * 2));
    const { neighbors, distances } = this.#graph.searchKnn(Array.from(vector), count);
    return neighbors
      .flatMap((label, index) => {
        const id = this.#ids[label];
        return id === null || id === undefined ? [] : [{ id, score: 1 - distances[index]! }];
      })
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  }

  save(): void {
    const { path, key, dimension } = this.#options;
    const temporary = `${path}.new`;
    this.#graph.writeIndexSync(temporary);
    publishIndexFile(temporary, path, { key, dimension, count: this.#ids.length, ids: this.#ids });
  }
}
