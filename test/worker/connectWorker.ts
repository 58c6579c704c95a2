import { Worker } from 'node:worker_threads';
import { threadHandle } from '../../src/protocol/threadHandle.ts';
import { WorkerConnection, type WorkerHandle } from '../../src/protocol/workerConnection.ts';

export interface TestConnection {
  readonly connection: WorkerConnection;
  /** What would stand in the log. */
  readonly log: string[];
  /** Workers started so far, oldest first. */
  readonly started: Worker[];
}

/** A connection to real worker threads that run the file. */
export function connectWorker(file: URL, limits: { idleMs?: number; cancelMs?: number } = {}): TestConnection {
  const log: string[] = [];
  const started: Worker[] = [];
  const start = (): WorkerHandle => {
    const worker = file.pathname.endsWith('.ts')
      ? new Worker(new URL('./typescriptWorker.mjs', import.meta.url), { workerData: file.href })
      : new Worker(file);
    started.push(worker);
    return threadHandle(worker);
  };
  const connection = new WorkerConnection({
    start,
    after: (delayMs, action) => {
      const timer = setTimeout(action, delayMs);
      return () => clearTimeout(timer);
    },
    log: (message) => log.push(message),
    idleMs: limits.idleMs ?? 60_000,
    cancelMs: limits.cancelMs ?? 60_000,
  });
  return { connection, log, started };
}
