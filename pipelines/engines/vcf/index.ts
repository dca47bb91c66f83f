import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, gunzipSync } from 'node:zlib';
import { ClinicalError } from '../../errors.ts';
import type { PositionsOfInterest, VcfSample } from '../../pgx/matcher/vcf-sample.ts';
import { endsProperly, looksBgzipped } from './bgzip.ts';
import type { SampleChoice } from './collector.ts';
import { VcfCollector } from './collector.ts';

export type { SampleChoice } from './collector.ts';

/** Where a VCF comes from. Compression is told from the bytes, not from a name. */
export type VcfSource =
  | { readonly text: string }
  | { readonly bytes: Uint8Array }
  | { readonly path: string }
  | { readonly stream: AsyncIterable<Uint8Array> };

/**
 * Reads one sample of a VCF, plain, gzip or bgzip, of any size, in constant memory.
 *
 * @param choice - Names the sample; may be left out for a file with one sample.
 * @throws ClinicalError `VCF_NOT_VCF`, `VCF_TRUNCATED`, `VCF_NO_GENOTYPES`, `VCF_BUILD_UNSUPPORTED`, `VCF_SAMPLE_AMBIGUOUS`, `VCF_SAMPLE_UNKNOWN`
 */
export async function readVcf(
  source: VcfSource,
  wanted: PositionsOfInterest,
  choice: { readonly sample?: string } = {},
): Promise<VcfSample> {
  return only(await readSource(source, wanted, choice));
}

/** Reads every sample of a VCF. @throws ClinicalError as `readVcf`, but for the choice of a sample. */
export async function readVcfSamples(source: VcfSource, wanted: PositionsOfInterest): Promise<readonly VcfSample[]> {
  return readSource(source, wanted, 'all');
}

/** Reads one sample of a plain VCF that is already text, at once. @throws ClinicalError as `readVcf`. */
export function readVcfText(
  text: string,
  wanted: PositionsOfInterest,
  choice: { readonly sample?: string } = {},
): VcfSample {
  return only(readText(text, wanted, choice));
}

function only(samples: readonly VcfSample[]): VcfSample {
  const sample = samples[0];
  if (sample === undefined) throw new ClinicalError('VCF_NO_GENOTYPES');
  return sample;
}

async function readSource(
  source: VcfSource,
  wanted: PositionsOfInterest,
  choice: SampleChoice,
): Promise<readonly VcfSample[]> {
  if ('text' in source) return readText(source.text, wanted, choice);
  if ('bytes' in source && source.bytes.length <= MOST_BYTES_AT_ONCE) {
    return readBytes(Buffer.from(source.bytes), wanted, choice);
  }
  const chunks =
    'path' in source
      ? createReadStream(source.path, { highWaterMark: PIECE_BYTES })
      : 'stream' in source
        ? source.stream
        : piecesOf(source.bytes);
  return readStream(chunks, wanted, choice);
}

/** Pieces of this size become strings that die young; larger ones would burden the garbage collector of a busy process. */
const PIECE_BYTES = 2 ** 16;
const MOST_BYTES_AT_ONCE = 2 ** 20;
/** What a small file may grow to when it is unpacked at once; a larger one is streamed. */
const MOST_UNPACKED_AT_ONCE = 32 * 2 ** 20;

function readBytes(
  bytes: Buffer,
  wanted: PositionsOfInterest,
  choice: SampleChoice,
): readonly VcfSample[] | Promise<readonly VcfSample[]> {
  if (!isGzip(bytes)) return readPlain(bytes, wanted, choice);
  if (looksBgzipped(bytes) && !endsProperly(bytes)) throw new ClinicalError('VCF_TRUNCATED');
  try {
    return readPlain(gunzipSync(bytes, { maxOutputLength: MOST_UNPACKED_AT_ONCE }), wanted, choice);
  } catch (cause) {
    if (isTooLarge(cause)) return readStream(piecesOf(bytes), wanted, choice);
    throw readable(cause);
  }
}

function readText(text: string, wanted: PositionsOfInterest, choice: SampleChoice): readonly VcfSample[] {
  if (text === '') throw new ClinicalError('VCF_NOT_VCF', { reason: 'it is empty' });
  const collector = new VcfCollector(wanted, choice, false);
  collector.write(text);
  return collector.finish();
}

function readPlain(bytes: Buffer, wanted: PositionsOfInterest, choice: SampleChoice): readonly VcfSample[] {
  refuseBinary(bytes);
  const collector = new VcfCollector(wanted, choice, true);
  writeInPieces(collector, bytes);
  return collector.finish();
}

function writeInPieces(collector: VcfCollector, bytes: Buffer): void {
  for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
    collector.write(bytes.toString('latin1', start, Math.min(start + PIECE_BYTES, bytes.length)));
  }
}

async function readStream(
  chunks: AsyncIterable<Uint8Array>,
  wanted: PositionsOfInterest,
  choice: SampleChoice,
): Promise<readonly VcfSample[]> {
  const collector = new VcfCollector(wanted, choice, true);
  const ending = new Ending();
  const iterator = chunks[Symbol.asyncIterator]();
  try {
    const first = await iterator.next();
    const head = first.done === true ? Buffer.alloc(0) : Buffer.from(first.value);
    const all = ending.watch(resume(head, iterator));
    if (isGzip(head)) {
      await pipeline(
        Readable.from(all),
        createGunzip({ chunkSize: PIECE_BYTES }),
        async (unpacked: AsyncIterable<Buffer>) => {
          for await (const piece of unpacked) writeInPieces(collector, piece);
        },
      );
      if (looksBgzipped(head) && !endsProperly(ending.tail)) throw new ClinicalError('VCF_TRUNCATED');
    } else {
      refuseBinary(head);
      for await (const piece of all) writeInPieces(collector, piece);
    }
  } catch (cause) {
    throw readable(cause);
  }
  return collector.finish();
}

/** Keeps the last bytes that passed, to see whether a bgzip file has its end mark. */
class Ending {
  tail: Buffer = Buffer.alloc(0);

  async *watch(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      this.tail = Buffer.concat([this.tail, chunk.subarray(-64)]).subarray(-64);
      yield chunk;
    }
  }
}

async function* resume(head: Buffer, iterator: AsyncIterator<Uint8Array>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
    yield Buffer.from(next.value);
}

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
    yield bytes.subarray(start, start + PIECE_BYTES);
  }
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function refuseBinary(head: Buffer): void {
  if (head.length === 0) throw new ClinicalError('VCF_NOT_VCF', { reason: 'it is empty' });
  if (head.subarray(0, 512).includes(0)) throw new ClinicalError('VCF_NOT_VCF', { reason: 'it is a binary file' });
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

/** Turns failures of unpacking and of the file system into the catalogue's; passes ours on. */
function readable(cause: unknown): unknown {
  if (cause instanceof ClinicalError || !(cause instanceof Error)) return cause;
  const code = 'code' in cause ? String(cause.code) : '';
  if (code === 'Z_BUF_ERROR') return new ClinicalError('VCF_TRUNCATED', {}, cause);
  if (code.startsWith('Z_')) return new ClinicalError('VCF_NOT_VCF', { reason: 'its compression is damaged' }, cause);
  if (code === 'ENOENT') return new ClinicalError('VCF_NOT_VCF', { reason: 'there is no such file' }, cause);
  if (code === 'EISDIR' || code === 'EACCES') {
    return new ClinicalError('VCF_NOT_VCF', { reason: 'the file cannot be opened' }, cause);
  }
  return cause;
}
