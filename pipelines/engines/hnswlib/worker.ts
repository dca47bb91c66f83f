import { parentPort, workerData } from 'node:worker_threads';
import { PointGraph } from './point-graph.ts';
import type { GraphOptions } from './point-graph.ts';

/** What the thread is asked to do. */
export type GraphRequest =
  | { readonly call: number; readonly do: 'open' }
  | { readonly call: number; readonly do: 'add'; readonly items: readonly { id: string; vector: Float32Array }[] }
  | { readonly call: number; readonly do: 'delete'; readonly ids: readonly string[] }
  | { readonly call: number; readonly do: 'search'; readonly vector: Float32Array; readonly limit: number }
  | { readonly call: number; readonly do: 'save' };

export type GraphReply =
  { readonly call: number; readonly result: unknown } | { readonly call: number; readonly failure: string };

const { graph, fault } = PointGraph.open(workerData as GraphOptions);

function answer(request: GraphRequest): unknown {
  switch (request.do) {
    case 'open':
      return { fault, ids: graph.ids };
    case 'add':
      return graph.add(request.items);
    case 'delete':
      return graph.delete(request.ids);
    case 'search':
      return graph.search(request.vector, request.limit);
    case 'save':
      return graph.save();
  }
}

parentPort!.on('message', (request: GraphRequest) => {
  let reply: GraphReply;
  try {
    reply = { call: request.call, result: answer(request) };
  } catch (error) {
    reply = { call: request.call, failure: error instanceof Error ? error.message : 'unknown' };
  }
  parentPort!.postMessage(reply);
});
