import { Worker } from 'node:worker_threads';
import { threadHandle } from '../protocol/threadHandle.ts';
import type { WorkerHandle } from '../protocol/workerConnection.ts';

/** @param file the bundled worker. @param print takes what the worker writes to its standard error. */
export function startWorker(file: string, print: (text: string) => void): WorkerHandle {
  const worker = new Worker(file, { stdout: true, stderr: true });
  worker.stderr.on('data', (data) => print(String(data).trimEnd()));
  return threadHandle(worker);
}
