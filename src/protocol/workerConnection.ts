import { Refusal } from '../core/problem.ts';
import { type CallOptions, Channel } from './channel.ts';
import type { Port } from './port.ts';
import { checked, type WorkerMethod, type WorkerParams, type WorkerResult, workerChecks } from './worker.ts';

/** A worker as whoever starts it sees it. */
export interface WorkerHandle extends Port {
  /** Thread id, for the log. */
  readonly id: number;
  /** Hears once that it is gone, asked to or not. */
  onEnd(listener: (why: string) => void): void;
  terminate(): void;
}

export interface WorkerConnectionOptions {
  readonly start: () => WorkerHandle;
  /** Runs the action after some milliseconds unless the answered function is called before. */
  readonly after: (delayMs: number, action: () => void) => () => void;
  readonly log: (message: string) => void;
  /** Without a call for so long the worker is ended; it costs memory. */
  readonly idleMs: number;
  /** A cancelled call that has not ended after so long is ended with its worker. */
  readonly cancelMs: number;
}

interface Live {
  readonly handle: WorkerHandle;
  readonly channel: Channel;
}

/** The worker died once: it was started again, and the same request may be made once more. */
export const workerRestarted = 'worker-restarted';
/** The worker died twice in a row: it stays down until the next request. */
export const workerStopped = 'worker-stopped';

/**
 * The one worker of all runs: started by the first call, ended when idle, started again when it dies. Calls under way at
 * its death are refused with a sentence that says so; the next call works.
 */
export class WorkerConnection {
  readonly #options: WorkerConnectionOptions;
  #live: Live | null = null;
  #deathsInARow = 0;
  #stopIdling: () => void = () => {};
  #isDisposed = false;

  constructor(options: WorkerConnectionOptions) {
    this.#options = options;
  }

  /** Thread id of the worker, null while there is none. */
  get id(): number | null {
    return this.#live?.handle.id ?? null;
  }

  async ask<M extends WorkerMethod>(
    method: M,
    params: WorkerParams<M>,
    options: CallOptions = {},
  ): Promise<WorkerResult<M>> {
    const live = this.#needLive();
    this.#stopIdling();
    const unwatch = this.#endIfCancelIsIgnored(live, options);
    try {
      const answer = await live.channel.call(method, params, options);
      this.#deathsInARow = 0;
      return checked(workerChecks[method].result, answer, `The worker's answer to "${method}"`);
    } finally {
      unwatch();
      this.#idleFromNow();
    }
  }

  /** Ends the worker as a crash would: what is under way is refused. */
  kill(): void {
    this.#live?.handle.terminate();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#end(new Refusal(workerStopped, 'The forecasting worker was stopped because Ceiling Lens was.'));
  }

  #needLive(): Live {
    if (this.#isDisposed) throw new Refusal(workerStopped, 'Ceiling Lens has been stopped; reload the window.');
    this.#live ??= this.#start();
    return this.#live;
  }

  #start(): Live {
    const { start, log } = this.#options;
    const handle = start();
    const channel = new Channel(handle, {
      sharesMemory: true,
      onMalformed: (reason) => log(`The worker sent a malformed message: ${reason}`),
    });
    const live = { handle, channel };
    handle.onEnd((why) => {
      if (this.#live === live) this.#died(live, why);
    });
    log(`The worker was started as thread ${handle.id}.`);
    return live;
  }

  #died({ channel }: Live, why: string): void {
    this.#live = null;
    this.#deathsInARow += 1;
    this.#stopIdling();
    if (this.#deathsInARow > 1) {
      this.#options.log(`The worker stopped ${this.#deathsInARow} times in a row (${why}); it waits for a request.`);
      channel.close(
        new Refusal(
          workerStopped,
          `The forecasting worker stopped twice in a row (${why}). Try again, or see the log for more.`,
        ),
      );
      return;
    }
    this.#options.log(`The worker stopped (${why}) and is started again.`);
    // First up again, then said so: who hears of it may ask at once.
    this.#live = this.#start();
    channel.close(
      new Refusal(
        workerRestarted,
        `The forecasting worker stopped before it had answered (${why}). It was restarted: ask again.`,
      ),
    );
    this.#idleFromNow();
  }

  #idleFromNow(): void {
    this.#stopIdling();
    const { after, idleMs, log } = this.#options;
    this.#stopIdling = after(idleMs, () => {
      if (this.#live === null || this.#live.channel.pendingCalls > 0) return;
      log(`The worker was idle for ${Math.round(idleMs / 1000)} s and is ended; the next request starts it.`);
      this.#end(new Refusal(workerStopped, 'The forecasting worker was ended because nothing was asked of it.'));
    });
  }

  /** A call that does not look at its control would otherwise hold up every later one. */
  #endIfCancelIsIgnored({ handle }: Live, { signal }: CallOptions): () => void {
    if (signal === undefined) return () => {};
    const { after, cancelMs, log } = this.#options;
    let stopWaiting = () => {};
    const wait = () => {
      stopWaiting = after(cancelMs, () => {
        log(`The worker went on for ${cancelMs / 1000} s after a cancel and is ended.`);
        handle.terminate();
      });
    };
    signal.addEventListener('abort', wait);
    return () => {
      stopWaiting();
      signal.removeEventListener('abort', wait);
    };
  }

  #end(reason: Error): void {
    this.#stopIdling();
    const live = this.#live;
    this.#live = null;
    live?.channel.close(reason);
    live?.handle.terminate();
  }
}
