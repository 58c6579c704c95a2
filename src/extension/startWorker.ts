import { Worker } from 'node:worker_threads';
import type { WorkerHandle } from '../protocol/workerConnection.ts';

/** @param file the bundled worker. @param print takes what the worker writes to its standard error. */
export function startWorker(file: string, print: (text: string) => void): WorkerHandle {
  const worker = new Worker(file, { stdout: true, stderr: true });
  let crash: string | null = null;
  worker.on('error', (error) => {
    crash = error instanceof Error ? error.message : String(error);
  });
  worker.stderr.on('data', (data) => print(String(data).trimEnd()));
  return {
    id: worker.threadId,
    post: (message, transfer) => worker.postMessage(message, [...transfer]),
    onMessage: (listener) => worker.on('message', listener),
    onEnd: (listener) => worker.once('exit', (code) => listener(crash ?? `exit code ${code}`)),
    terminate: () => void worker.terminate(),
  };
}
