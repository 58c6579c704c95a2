// A worker that runs the TypeScript file it is given: Node 20 passes no loader on to workers by itself.
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
await import(workerData);
