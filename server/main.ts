import { pino } from 'pino';
import { ClinicalError } from '#pipelines/errors.ts';
import { loadConfig } from './config.ts';
import type { Log } from './middleware/access-log.ts';
import { framesOf } from './middleware/clinical-error.ts';
import { startModels } from './models.ts';
import type { Closing } from './start.ts';

/** How long the process may take to end after everything was closed. */
const LAST_MILLISECONDS = 2000;

/** Says what went wrong and what to do, never with the text of a cause. */
function explain(error: unknown, log: Log | null): void {
  const known = error instanceof ClinicalError ? error : new ClinicalError('INTERNAL', {}, error);
  process.stderr.write(`Anamnesis did not start: ${known.message} ${known.remedy} [${known.code}]\n`);
  if (!(error instanceof ClinicalError)) log?.error({ frames: framesOf(error) }, 'start failed');
}

function closeOnSignal(close: Closing, log: Log): void {
  let closing = false;
  const onSignal = (): void => {
    if (closing) process.exit(1);
    closing = true;
    log.info({}, 'closing');
    Promise.resolve(close()).then(
      () => end(0),
      (error: unknown) => {
        log.error({ frames: framesOf(error) }, 'closing failed');
        end(1);
      },
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}

/** Lets the process end by itself, since threads of native code may still be on their way out; not for long. */
function end(code: number): void {
  process.exitCode = code;
  setTimeout(() => process.exit(code), LAST_MILLISECONDS).unref();
}

/** Models load in their threads while the modules of the server are read here. */
async function main(): Promise<void> {
  let log: Log | null = null;
  try {
    const config = loadConfig();
    log = pino(
      { level: config.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime },
      pino.destination({ fd: 2, sync: true }),
    );
    const models = startModels(config);
    models.catch(() => undefined);
    const { start } = await import('./start.ts');
    closeOnSignal(await start(config, models, log), log);
  } catch (error) {
    explain(error, log);
    end(1);
  }
}

await main();
