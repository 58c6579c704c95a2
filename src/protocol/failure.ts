import * as v from 'valibot';
import { Cancelled } from '../core/control.ts';
import { Refusal } from '../core/problem.ts';

/** An error as it crosses a boundary. */
export const failureCheck = v.object({
  kind: v.picklist(['refusal', 'cancelled', 'bug']),
  code: v.string(),
  message: v.string(),
  /** Of a bug, for the log. */
  stack: v.exactOptional(v.string()),
});

export type Failure = v.InferOutput<typeof failureCheck>;

/** A bug on the other side; its stack tells where. */
export class RemoteError extends Error {
  readonly code: string;

  constructor({ code, message, stack }: Failure) {
    super(message);
    this.name = 'RemoteError';
    this.code = code;
    if (stack !== undefined) this.stack = stack;
  }
}

export function toFailure(error: unknown): Failure {
  if (error instanceof Refusal) return { kind: 'refusal', code: error.code, message: error.message };
  if (error instanceof Cancelled) return { kind: 'cancelled', code: 'cancelled', message: error.message };
  if (!(error instanceof Error)) return { kind: 'bug', code: 'internal-error', message: String(error) };
  const { message, stack } = error;
  return { kind: 'bug', code: 'internal-error', message, ...(stack === undefined ? {} : { stack }) };
}

export function fromFailure(failure: Failure): Error {
  if (failure.kind === 'refusal') return new Refusal(failure.code, failure.message);
  return failure.kind === 'cancelled' ? new Cancelled() : new RemoteError(failure);
}
