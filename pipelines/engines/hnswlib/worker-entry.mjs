// Lets a worker thread read TypeScript: loaders of the main thread are not handed on to it.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
