import { parentPort } from 'node:worker_threads';
import { serveEngine } from '../../src/worker/handler.ts';
import { LoopingEngine } from './loopingEngine.ts';

const port = parentPort;
if (port === null) throw new Error('This file runs as a worker.');
serveEngine(
  {
    post: (message, transfer) => port.postMessage(message, [...transfer]),
    onMessage: (listener) => port.on('message', listener),
  },
  new LoopingEngine(),
  () => {},
);
