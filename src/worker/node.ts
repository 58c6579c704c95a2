import { parentPort } from 'node:worker_threads';
import { createNodeEngine } from '../engine/nodeEngine.ts';
import { serveEngine } from './handler.ts';

const port = parentPort;
if (port === null) throw new Error('This file runs as a worker thread only.');
serveEngine(
  {
    post: (message, transfer) => port.postMessage(message, [...transfer]),
    onMessage: (listener) => port.on('message', listener),
  },
  createNodeEngine(),
  (reason) => process.stderr.write(`A malformed message was dropped: ${reason}\n`),
);
