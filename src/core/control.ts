/** How long work is watched and stopped from outside; the core asks, the caller knows. */
export interface Control {
  /** Throws {@link Cancelled} once the work is no longer wanted. Cheap: call it every few hundred iterations. */
  check(): void;
  /** @param fraction done so far, 0 to 1. @param note what is being done, in plain words. */
  progress(fraction: number, note: string): void;
}

export class Cancelled extends Error {
  constructor() {
    super('The work was cancelled.');
    this.name = 'Cancelled';
  }
}

/** For callers that neither watch nor stop. */
export const unwatched: Control = { check: () => {}, progress: () => {} };
