import type { WorkerHandle } from './workerConnection.ts';

/** The part of a worker thread of Node that a handle needs: this room has no Node types. */
export interface Thread {
  readonly threadId: number;
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  once(event: 'exit', listener: (code: number) => void): unknown;
  terminate(): unknown;
}

/** A worker thread as the connection sees it. */
export function threadHandle(thread: Thread): WorkerHandle {
  let crash: string | null = null;
  thread.on('error', (error) => {
    crash = error instanceof Error ? error.message : String(error);
  });
  return {
    id: thread.threadId,
    post: (message, transfer) => thread.postMessage(message, [...transfer]),
    onMessage: (listener) => thread.on('message', listener),
    onEnd: (listener) => thread.once('exit', (code) => listener(crash ?? `exit code ${code}`)),
    terminate: () => void thread.terminate(),
  };
}
