import { AutoModel, Tensor, env } from '@huggingface/transformers';
import { placeOf } from './model-files.ts';

/** A model's output: row after row, `width` numbers each, one row for each piece. */
export interface Rows {
  readonly data: Float32Array;
  readonly width: number;
}

/**
 * Runs one sequence of piece ids, unpadded, and gives every named output. `second` is where the second of two texts starts
 * in it, for a model that reads pairs.
 */
export type Model = (pieces: readonly number[], second?: number) => Promise<Readonly<Record<string, Rows>>>;

/**
 * Loads a release from disk alone, on one inference thread. `AutoModel` is used because it hands back every output that the
 * file names, which the library's task models drop. One sequence a call, never a batch: in dynamic int8 a batch changes the
 * values of its members.
 */
export async function loadModel(modelDir: string): Promise<Model> {
  const place = placeOf(modelDir);
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.useBrowserCache = false;
  env.localModelPath = place.root;
  const model = await AutoModel.from_pretrained(place.id, {
    dtype: 'q8',
    local_files_only: true,
    session_options: { intraOpNumThreads: 1, interOpNumThreads: 1 },
  });
  return async (pieces, second) => {
    const shape = [1, pieces.length];
    const types = second === undefined ? {} : { token_type_ids: new Tensor('int64', typesOf(pieces, second), shape) };
    const outputs = (await model({
      input_ids: new Tensor('int64', BigInt64Array.from(pieces, BigInt), shape),
      attention_mask: new Tensor('int64', new BigInt64Array(pieces.length).fill(1n), shape),
      ...types,
    })) as Record<string, Tensor>;
    return Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, rowsOf(tensor)]));
  };
}

function typesOf(pieces: readonly number[], second: number): BigInt64Array {
  return BigInt64Array.from(pieces, (_, i) => (i < second ? 0n : 1n));
}

function rowsOf(tensor: Tensor): Rows {
  return { data: tensor.data as Float32Array, width: tensor.dims.at(-1)! };
}
