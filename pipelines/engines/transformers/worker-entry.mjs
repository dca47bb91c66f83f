// The model library is read before the loader below is there, which would rewrite its million characters for nothing.
import '@huggingface/transformers';
// Lets a worker thread read TypeScript: loaders of the main thread are not handed on to it.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
