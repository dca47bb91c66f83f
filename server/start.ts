import { createServer } from 'node:http';
import { join } from 'node:path';
import { buildApp } from './app.ts';
import { composeProduct } from './compose.ts';
import type { Config } from './config.ts';
import { PROJECT_ROOT } from './config.ts';
import { joinEngines, openCohortIndex } from './engines.ts';
import { systemClock } from './flows/clock.ts';
import { CohortIndex } from './flows/cohort-index.ts';
import { addressOf, listen } from './listen.ts';
import type { Log } from './middleware/access-log.ts';
import { framesOf } from './middleware/clinical-error.ts';
import type { Models } from './models.ts';
import { serveSockets } from './realtime/sockets.ts';
import { startReading } from './start-reading.ts';
import { openSqliteStores } from './stores/sqlite/index.ts';

/** Ends what was started. */
export type Closing = () => Promise<void> | void;

/**
 * Starts stores, engines, flows and the port in this order.
 *
 * @param starting - The models, which load meanwhile.
 * @returns What ends all of them in the reverse order.
 * @throws ClinicalError what any of them throws; what was started by then is ended.
 */
export async function start(config: Config, starting: Promise<Models>, log: Log): Promise<Closing> {
  const opened: Closing[] = [async () => (await starting).close()];
  const closeAll = async (): Promise<void> => {
    for (let close = opened.pop(); close; close = opened.pop()) await close();
  };
  try {
    const stores = openSqliteStores(config.dataDir);
    opened.push(() => stores.close());
    const engines = await joinEngines(config, starting);
    const index = new CohortIndex(() => openCohortIndex(config.dataDir, engines, stores.annotations), log);
    opened.push(() => index.close());
    const product = composeProduct({ config, stores, engines, index, clock: systemClock, log });
    opened.push(async () => {
      // What is being read goes back to the queue: the engines end first, and the queue then has nothing under way.
      const idle = Promise.all([product.reading.close(), product.warmth.close()]);
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
    let closing = false;
    startReading(config, product, { log, say }).catch((error: unknown) => {
      if (!closing) log.error({ frames: framesOf(error) }, 'waiting notes and demo charts not taken up');
    });
    return () => {
      closing = true;
      return closeAll();
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** An address to listen on is one that requests may name, but for those that mean every address. */
function allowedHostsOf({ allowedHosts, host }: Config): readonly string[] {
  return ['0.0.0.0', '::'].includes(host) ? allowedHosts : [...allowedHosts, host.toLowerCase()];
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
