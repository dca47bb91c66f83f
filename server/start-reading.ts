import { join } from 'node:path';
import type { Config } from './config.ts';
import { PROJECT_ROOT } from './config.ts';
import { loadDemo } from './demo/load-demo.ts';
import type { ReadingProgress } from './flows/reading-queue.ts';
import type { Log } from './middleware/access-log.ts';
import type { Product } from './product.ts';

/** Shortest time between two lines about progress, in milliseconds: on a terminal, and in a log. */
const TERMINAL_EVERY = 500;
const LOG_EVERY = 5000;
/** Patients asked about last whose charts are prepared at the start. */
const RECENT = 3;

/**
 * Takes up the notes that wait, and those that another pipeline release read; then stores the demo charts that are missing.
 * The server answers meanwhile.
 */
export async function startReading(
  config: Config,
  product: Product,
  out: { readonly log: Log; readonly say: (line: string) => void },
): Promise<void> {
  showProgress(product, out);
  await product.stores.notes.requeue(product.pipeline);
  await product.reading.resume();
  void product.warmth.prepare(await product.stores.conversations.recentPatients(RECENT));
  if (!config.demo) return;
  await loadDemo(join(PROJECT_ROOT, 'corpora', 'charts'), config.demoPatients, {
    stores: product.stores,
    sign: product.sign,
    maxNoteBytes: config.maxNoteBytes,
    received: (note) => void product.reading.add(note, { urgent: false }).catch(() => undefined),
  });
}

function showProgress(
  product: Product,
  { log, say }: { readonly log: Log; readonly say: (line: string) => void },
): void {
  const isTerminal = process.stdout.isTTY === true;
  const every = isTerminal ? TERMINAL_EVERY : LOG_EVERY;
  let shown = 0;
  product.reading.onProgress((progress) => {
    const isLast = progress.queued === 0;
    if (!isLast && performance.now() - shown < every) return;
    shown = performance.now();
    const { queued, read, failed, wordsPerSecond } = progress;
    log.info({ queued, read, failed, wordsPerSecond }, 'reading');
    if (isTerminal) process.stdout.write(`\r\x1b[K${lineOf(progress)}${isLast ? '\n' : ''}`);
    else say(lineOf(progress));
  });
}

function lineOf({ queued, read, failed, wordsPerSecond }: ReadingProgress): string {
  const speed = wordsPerSecond === null ? '' : `, ${wordsPerSecond.toLocaleString('en-US')} words/s`;
  const failures = failed === 0 ? '' : `, ${failed} failed`;
  return `Notes read: ${read} of ${queued + read + failed}${failures}${speed}`;
}
