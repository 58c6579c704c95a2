import { Worker } from 'node:worker_threads';
import { threadHandle } from '../protocol/threadHandle.ts';
import type { WorkerHandle } from '../protocol/workerConnection.ts';

/**
 * @param file the bundled worker. @param print takes what the worker writes to its standard error.
 * @param cacheFolder where the worker may keep what it read of large folders; null: nowhere
 */
export function startWorker(
  file: string,
  print: (text: string) => void,
  cacheFolder: string | null = null,
): WorkerHandle {
  const worker = new Worker(file, { stdout: true, stderr: true, workerData: { cacheFolder } });
  worker.stderr.on('data', (data) => print(String(data).trimEnd()));
  return threadHandle(worker);
}
