import { createServer } from 'node:http';
import { join } from 'node:path';
import { pino } from 'pino';
import { ClinicalError } from '#pipelines/errors.ts';
import { buildApp } from './app.ts';
import { composeProduct } from './compose.ts';
import type { Config } from './config.ts';
import { loadConfig, PROJECT_ROOT } from './config.ts';
import { openCohortIndex, startEngines } from './engines.ts';
import { CohortIndex } from './flows/cohort-index.ts';
import { startReading } from './start-reading.ts';
import { systemClock } from './flows/clock.ts';
import { addressOf, listen } from './listen.ts';
import type { Log } from './middleware/access-log.ts';
import { framesOf } from './middleware/clinical-error.ts';
import { serveSockets } from './realtime/sockets.ts';
import { openSqliteStores } from './stores/sqlite/index.ts';

type Closing = () => Promise<void> | void;

/** Starts stores, engines, flows and the port in this order. @returns what ends them in the reverse order. */
async function start(config: Config, log: Log): Promise<Closing> {
  const opened: Closing[] = [];
  const closeAll = async (): Promise<void> => {
    for (let close = opened.pop(); close; close = opened.pop()) await close();
  };
  try {
    const stores = openSqliteStores(config.dataDir);
    opened.push(() => stores.close());
    const engines = await startEngines(config);
    opened.push(() => engines.close());
    const index = new CohortIndex(() => openCohortIndex(config.dataDir, engines, stores.annotations), log);
    opened.push(() => index.close());
    const product = composeProduct({ config, stores, engines, index, clock: systemClock, log });
    opened.push(async () => {
      // What is being read goes back to the queue: the engines end first, and the queue then has nothing under way.
      const idle = product.reading.close();
      await engines.close();
      await idle;
    });
    const access = { log, allowedHosts: allowedHostsOf(config), accessToken: config.accessToken };
    const clientFolder = join(PROJECT_ROOT, 'client', 'dist');
    const { requestsPerMinute } = config;
    const http = createServer(buildApp(product, { ...access, requestsPerMinute, clientFolder }));
    const sockets = serveSockets(http, product, access);
    opened.push(async () => {
      http.closeAllConnections();
      await sockets.close();
    });
    const port = await listen(http, config.port, config.host);
    say(`Anamnesis is ready: ${addressOf(config.host, port)}`);
    log.info({ address: addressOf(config.host, port), version: product.version }, 'listening');
    await startReading(config, product, { log, say });
    return closeAll;
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** A host name to listen on is one that requests may carry. */
function allowedHostsOf(config: Config): readonly string[] {
  return [...config.allowedHosts, config.host.toLowerCase()];
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

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
      () => process.exit(0),
      (error: unknown) => {
        log.error({ frames: framesOf(error) }, 'closing failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}

async function main(): Promise<void> {
  let log: Log | null = null;
  try {
    const config = loadConfig();
    log = pino(
      { level: config.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime },
      pino.destination({ fd: 2, sync: true }),
    );
    closeOnSignal(await start(config, log), log);
  } catch (error) {
    explain(error, log);
    process.exit(1);
  }
}

await main();
