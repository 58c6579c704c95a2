import * as v from 'valibot';
import { Cancelled, type Control } from '../core/control.ts';
import { failureCheck, fromFailure, toFailure } from './failure.ts';
import type { Port, StopSignal } from './port.ts';

const messageCheck = v.variant('type', [
  v.object({
    type: v.literal('call'),
    id: v.number(),
    method: v.string(),
    params: v.unknown(),
    /** One Int32: not 0 once the call is cancelled. Work that never yields sees it where a message would wait. */
    stop: v.exactOptional(v.instance(SharedArrayBuffer)),
  }),
  v.object({ type: v.literal('cancel'), id: v.number() }),
  v.object({ type: v.literal('progress'), id: v.number(), fraction: v.number(), note: v.string() }),
  v.object({ type: v.literal('result'), id: v.number(), value: v.unknown() }),
  v.object({ type: v.literal('failure'), id: v.number(), failure: failureCheck }),
]);

const envelopeCheck = v.object({ type: v.string(), id: v.number() });

type Message = v.InferOutput<typeof messageCheck>;
type Call = Extract<Message, { type: 'call' }>;

export interface Progress {
  /** 0 to 1. */
  readonly fraction: number;
  readonly note: string;
}

export interface CallOptions {
  readonly signal?: StopSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Answer {
  readonly value: unknown;
  /** Buffers inside `value` to move instead of copy. */
  readonly transfer: readonly ArrayBuffer[];
}

export interface ChannelOptions {
  /** Answers the other side's calls; what it throws becomes the caller's rejection. */
  readonly handle?: (method: string, params: unknown, control: Control) => Promise<Answer>;
  /** Hears of messages that fit no kind. */
  readonly onMalformed?: (reason: string) => void;
  /** True where both sides are threads of one process, so that a call in a tight loop can be cancelled. */
  readonly sharesMemory?: boolean;
}

interface Pending {
  settle(outcome: { readonly value: unknown } | { readonly error: Error }): void;
  progress(progress: Progress): void;
}

interface Running {
  isCancelled: boolean;
}

/**
 * Requests and replies over a port, in both directions at once. A call ends when the other side says so, or when the
 * channel is closed: cancelling asks the other side to stop, whose answer then is {@link Cancelled}.
 */
export class Channel {
  readonly #port: Port;
  readonly #options: ChannelOptions;
  readonly #pending = new Map<number, Pending>();
  readonly #running = new Map<number, Running>();
  #lastId = 0;
  #closed: Error | null = null;

  constructor(port: Port, options: ChannelOptions = {}) {
    this.#port = port;
    this.#options = options;
    port.onMessage((message) => this.#receive(message));
  }

  /** Calls under way from this side. */
  get pendingCalls(): number {
    return this.#pending.size;
  }

  /** Resolves to what the other side answered, unchecked. */
  call(method: string, params: unknown, { signal, onProgress }: CallOptions = {}): Promise<unknown> {
    if (this.#closed !== null) return Promise.reject(this.#closed);
    if (signal?.aborted === true) return Promise.reject(new Cancelled());
    this.#lastId += 1;
    const id = this.#lastId;
    const stop =
      this.#options.sharesMemory === true && signal !== undefined
        ? new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
        : undefined;
    const cancel = () => {
      if (stop !== undefined) Atomics.store(new Int32Array(stop), 0, 1);
      this.#post({ type: 'cancel', id });
    };
    return new Promise((resolve, reject) => {
      this.#pending.set(id, {
        progress: (progress) => onProgress?.(progress),
        settle: (outcome) => {
          this.#pending.delete(id);
          signal?.removeEventListener('abort', cancel);
          if ('error' in outcome) reject(outcome.error);
          else resolve(outcome.value);
        },
      });
      signal?.addEventListener('abort', cancel);
      try {
        this.#post({ type: 'call', id, method, params, ...(stop === undefined ? {} : { stop }) });
      } catch (error) {
        // Parameters that cannot be cloned.
        this.#pending.get(id)?.settle({ error: error instanceof Error ? error : new Error(String(error)) });
      }
    });
  }

  /** Rejects everything under way, and every later call, with the reason. */
  close(reason: Error): void {
    this.#closed ??= reason;
    for (const running of this.#running.values()) running.isCancelled = true;
    for (const pending of [...this.#pending.values()]) pending.settle({ error: reason });
  }

  #receive(received: unknown): void {
    if (this.#closed !== null) return;
    const { success, output: message, issues } = v.safeParse(messageCheck, received);
    if (!success) {
      this.#refuse(received, v.summarize(issues));
      return;
    }
    switch (message.type) {
      case 'call':
        void this.#answer(message);
        return;
      case 'cancel': {
        const running = this.#running.get(message.id);
        if (running !== undefined) running.isCancelled = true;
        return;
      }
      case 'progress':
        this.#pending.get(message.id)?.progress(message);
        return;
      case 'result':
        this.#pending.get(message.id)?.settle({ value: message.value });
        return;
      case 'failure':
        this.#pending.get(message.id)?.settle({ error: fromFailure(message.failure) });
        return;
    }
  }

  /** Whoever waits for an answer gets one, on this side or the other. */
  #refuse(received: unknown, reason: string): void {
    this.#options.onMalformed?.(reason);
    const { success, output: envelope } = v.safeParse(envelopeCheck, received);
    if (!success) return;
    const { type, id } = envelope;
    const error = new Error(`A message of type "${type}" was malformed: ${reason}`);
    if (type === 'call') this.#post({ type: 'failure', id, failure: toFailure(error) });
    if (type === 'result' || type === 'failure') this.#pending.get(id)?.settle({ error });
  }

  async #answer({ id, method, params, stop }: Call): Promise<void> {
    const running: Running = { isCancelled: false };
    this.#running.set(id, running);
    const flag = stop === undefined ? null : new Int32Array(stop);
    const control: Control = {
      check: () => {
        if (running.isCancelled || (flag !== null && Atomics.load(flag, 0) !== 0)) throw new Cancelled();
      },
      progress: this.#progressOf(id),
    };
    try {
      const { handle } = this.#options;
      if (handle === undefined) throw new Error(`This side answers no calls; "${method}" was asked.`);
      const { value, transfer } = await handle(method, params, control);
      this.#post({ type: 'result', id, value }, transfer);
    } catch (error) {
      this.#post({ type: 'failure', id, failure: toFailure(error) });
    } finally {
      this.#running.delete(id);
    }
  }

  /** Hundreds of reports a second would be as much work as what they report on: one a per cent is sent. */
  #progressOf(id: number): Control['progress'] {
    let last = { percent: -1, note: '' };
    return (fraction, note) => {
      const percent = Math.floor(100 * fraction);
      if (percent === last.percent && note === last.note) return;
      last = { percent, note };
      this.#post({ type: 'progress', id, fraction, note });
    };
  }

  #post(message: Message, transfer: readonly ArrayBuffer[] = []): void {
    if (this.#closed === null) this.#port.post(message, transfer);
  }
}
