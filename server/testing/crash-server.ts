import { startTestServer } from './test-product.ts';

/** A server with the data folder of its argument, to be killed; it says where it listens and takes up what waits. */
const server = await startTestServer({ dataDir: process.argv[2]! });
await server.product.reading.resume();
process.stdout.write(`${server.address}\n`);
