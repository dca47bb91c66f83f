// Stands in for the model worker in tests: answers every task with no entities, and dies when it reads "die".
import { parentPort } from 'node:worker_threads';

parentPort.on('message', ({ type, id, task }) => {
  if (type === 'stop') parentPort.close();
  if (type !== 'run') return;
  if (task.text === 'die') process.exit(1);
  if (task.text === 'wait') return;
  parentPort.postMessage({ type: 'done', id, result: { entities: [], relations: [] } });
});
parentPort.postMessage({ type: 'ready' });
