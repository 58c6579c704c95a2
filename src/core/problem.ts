/**
 * Expected trouble is data: a problem stands beside the good records instead of replacing them.
 * `message` is a whole sentence for a person: what, where, what was done with it, what to do.
 */
export interface Problem {
  /** Stable kebab-case name of the kind of trouble, e.g. `torn-record`. */
  readonly code: string;
  readonly message: string;
  /** 1-based line of the first occurrence, where the log has lines. */
  readonly line?: number;
  /** Byte offset of the first occurrence, where it has none. */
  readonly byte?: number;
  /** How often it occurred; one entry stands for all. */
  readonly count: number;
}

/** Whether something from elsewhere is a problem, counted or not. */
export function isProblem(value: unknown): value is Omit<Problem, 'count'> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    typeof value.code === 'string' &&
    'message' in value &&
    typeof value.message === 'string'
  );
}

/** A refusal that is the user's to mend: the faces print `message` as it is and no stack. */
export class Refusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
  }
}
