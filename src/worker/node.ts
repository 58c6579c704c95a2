import { parentPort, workerData } from 'node:worker_threads';
import { createNodeEngine } from '../engine/nodeEngine.ts';
import { serveEngine } from './handler.ts';

const port = parentPort;
if (port === null) throw new Error('This file runs as a worker thread only.');
serveEngine(
  {
    post: (message, transfer) => port.postMessage(message, [...transfer]),
    onMessage: (listener) => port.on('message', listener),
  },
  createNodeEngine(cacheFolderIn(workerData)),
  (reason) => process.stderr.write(`A malformed message was dropped: ${reason}\n`),
);

/** What the host gives its worker; null where it has no place to keep things. */
function cacheFolderIn(given: unknown): string | null {
  if (typeof given !== 'object' || given === null || !('cacheFolder' in given)) return null;
  return typeof given.cacheFolder === 'string' ? given.cacheFolder : null;
}
