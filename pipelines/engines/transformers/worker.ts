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
import { scorePair } from './pair-scorer.ts';
import type { FromWorker, ModelTask, TaskResult, ToWorker, WorkerModels } from './protocol.ts';
import { embedText } from './text-embedder.ts';

/** A task that is done in turns. `step` does one model call and returns the result once there is one. */
interface Job {
  readonly id: number;
  /** Someone waits for it: it goes before notes, to its end. */
  readonly urgent: boolean;
  readonly step: () => Promise<TaskResult | null>;
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

const embedder = once(() => loadPlain(models.embedder!));
const ranker = once(() => loadPlain(models.ranker!));

async function loadPlain(folder: string): Promise<{ readonly wordPiece: WordPiece; readonly model: Model }> {
  const [wordPiece, model] = await Promise.all([loadVocabulary(folder), loadModel(folder)]);
  return { wordPiece, model };
}

async function loadVocabulary(folder: string): Promise<WordPiece> {
  const lines = (await readModelFile(folder, 'vocab.txt')).toString('utf8').split('\n');
  return new WordPiece(lines.at(-1) === '' ? lines.slice(0, -1) : lines);
}

async function jobOf(id: number, task: ModelTask): Promise<Job> {
  if (task.kind === 'embed') return embedJob(id, task.texts);
  if (task.kind === 'rank') return rankJob(id, task);
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
    urgent: false,
    step: async () => {
      next = next === null || next.done ? reading.next(undefined as never) : reading.next(await model(next.value));
      return next.done ? next.value : null;
    },
  };
}

/** A single text to embed is a question that someone waits for. */
function embedJob(id: number, texts: readonly string[]): Job {
  return textByText(id, texts, texts.length === 1, async (text) => {
    const { wordPiece, model } = await embedder();
    return embedText(text, model, wordPiece);
  });
}

function rankJob(id: number, { question, texts }: ModelTask & { kind: 'rank' }): Job {
  return textByText(id, texts, true, async (text) => {
    const { wordPiece, model } = await ranker();
    return scorePair(question, text, model, wordPiece);
  });
}

function textByText<Value extends Float32Array | number>(
  id: number,
  texts: readonly string[],
  urgent: boolean,
  read: (text: string) => Promise<Value>,
): Job {
  const values: Value[] = [];
  return {
    id,
    urgent,
    step: async () => {
      if (values.length < texts.length) values.push(await read(texts[values.length]!));
      return values.length === texts.length ? (values as readonly Value[] as TaskResult) : null;
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
    if (result === null) enqueue(job);
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

function enqueue(job: Job): void {
  if (job.urgent) queue.unshift(job);
  else queue.push(job);
}

port.on('message', (message: ToWorker) => {
  if (message.type === 'stop') return stop();
  if (message.type === 'cancel') {
    wanted.delete(message.id);
    return;
  }
  wanted.add(message.id);
  void jobOf(message.id, message.task).then((job) => {
    enqueue(job);
    return work();
  });
});

await Promise.all([
  models.extractor === undefined ? null : extractor(),
  models.embedder === undefined ? null : embedder(),
  models.ranker === undefined ? null : ranker(),
]);
send({ type: 'ready' });
