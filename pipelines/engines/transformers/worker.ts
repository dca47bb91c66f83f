import { parentPort, workerData } from 'node:worker_threads';
import type { TaggedText } from '../../contracts/token-tagger.ts';
import { WordPiece } from '../../text/word-piece.ts';
import type { ExtractorConfig } from './extractor-config.ts';
import { readExtractorConfig } from './extractor-config.ts';
import type { Model } from './model.ts';
import { loadModel } from './model.ts';
import { readModelFile } from './model-files.ts';
import type { Reading } from './note-reader.ts';
import { readNote } from './note-reader.ts';
import type { FromWorker, ModelTask, ToWorker, WorkerModels } from './protocol.ts';
import { embedText } from './text-embedder.ts';

/** A task that is done in turns. `step` does one model call and returns the result once there is one. */
interface Job {
  readonly id: number;
  readonly step: () => Promise<TaggedText | readonly Float32Array[] | null>;
}

const port = parentPort!;
const models = workerData as WorkerModels;
const queue: Job[] = [];
/** Tasks that were not cancelled; a cancelled one is passed over at its next turn. */
const wanted = new Set<number>();
let working = false;

/** Loads once, at the first call; a failed load ends the worker, and the pool says so. */
function once<Value>(load: () => Promise<Value>): () => Promise<Value> {
  let value: Promise<Value> | null = null;
  return () => (value ??= load());
}

const extractor = once(async () => {
  const folder = models.extractor!;
  const [config, wordPiece, model] = await Promise.all([
    readExtractorConfig(folder),
    loadVocabulary(folder),
    loadModel(folder),
  ]);
  return { config, wordPiece, model };
});

const embedder = once(async () => {
  const folder = models.embedder!;
  const [wordPiece, model] = await Promise.all([loadVocabulary(folder), loadModel(folder)]);
  return { wordPiece, model };
});

async function loadVocabulary(folder: string): Promise<WordPiece> {
  const lines = (await readModelFile(folder, 'vocab.txt')).toString('utf8').split('\n');
  return new WordPiece(lines.at(-1) === '' ? lines.slice(0, -1) : lines);
}

async function jobOf(id: number, task: ModelTask): Promise<Job> {
  if (task.kind === 'embed') return embedJob(id, task.texts);
  const { config, wordPiece, model } = await extractor();
  return tagJob(id, task, config, wordPiece, model);
}

function tagJob(
  id: number,
  task: ModelTask & { kind: 'tag' },
  config: ExtractorConfig,
  wordPiece: WordPiece,
  model: Model,
): Job {
  const reading: Reading = readNote(task, config, wordPiece);
  let next: IteratorResult<readonly number[], TaggedText> | null = null;
  return {
    id,
    step: async () => {
      next = next === null || next.done ? reading.next(undefined as never) : reading.next(await model(next.value));
      return next.done ? next.value : null;
    },
  };
}

function embedJob(id: number, texts: readonly string[]): Job {
  const vectors: Float32Array[] = [];
  return {
    id,
    step: async () => {
      if (vectors.length < texts.length) {
        const { wordPiece, model } = await embedder();
        vectors.push(await embedText(texts[vectors.length]!, model, wordPiece));
      }
      return vectors.length === texts.length ? vectors : null;
    },
  };
}

/** One model call for each waiting task in turn, so that a long note delays no short one and is not itself starved. */
async function work(): Promise<void> {
  if (working) return;
  working = true;
  for (let job = queue.shift(); job; job = queue.shift()) {
    await turn(job);
    await new Promise(setImmediate); // lets messages in: new tasks, cancellations
  }
  working = false;
}

async function turn(job: Job): Promise<void> {
  if (!wanted.has(job.id)) return;
  try {
    const result = await job.step();
    if (!wanted.has(job.id)) return;
    if (result === null) queue.push(job);
    else finish({ type: 'done', id: job.id, result });
  } catch (error) {
    finish({ type: 'failed', id: job.id, reason: error instanceof Error ? error.name : 'unknown' });
  }
}

function finish(message: Extract<FromWorker, { id: number }>): void {
  wanted.delete(message.id);
  send(message);
}

function send(message: FromWorker): void {
  port.postMessage(message);
}

/** Nothing keeps the thread alive then but the call under way; to be ended within one would abort the whole process. */
function stop(): void {
  wanted.clear();
  queue.length = 0;
  port.close();
}

/** A single text to embed is a question that someone waits for; it goes first. */
function isUrgent(task: ModelTask): boolean {
  return task.kind === 'embed' && task.texts.length === 1;
}

port.on('message', (message: ToWorker) => {
  if (message.type === 'stop') return stop();
  if (message.type === 'cancel') {
    wanted.delete(message.id);
    return;
  }
  wanted.add(message.id);
  void jobOf(message.id, message.task).then((job) => {
    if (isUrgent(message.task)) queue.unshift(job);
    else queue.push(job);
    return work();
  });
});

await Promise.all([
  models.extractor === undefined ? null : extractor(),
  models.embedder === undefined ? null : embedder(),
]);
send({ type: 'ready' });
