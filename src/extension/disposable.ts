interface Releasable {
  dispose(): unknown;
}

let live = 0;

/** Registered and not yet disposed things of all lifetimes: 0 once the extension has ended. */
export function liveDisposables(): number {
  return live;
}

/** Owns what it registers and disposes it, last first, when it is disposed itself. */
export class Disposable {
  readonly #owned = new Set<Releasable>();
  #isDisposed = false;

  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  /** Takes over the end of a thing; what arrives after this one's own end is disposed at once. */
  protected register<T extends Releasable>(thing: T): T {
    if (this.#isDisposed) {
      thing.dispose();
      return thing;
    }
    this.#owned.add(thing);
    live += 1;
    return thing;
  }

  /** Disposes a registered thing before its owner's end. */
  protected release(thing: Releasable): void {
    if (!this.#owned.delete(thing)) return;
    live -= 1;
    thing.dispose();
  }

  /** @throws AggregateError of what failed, after everything was tried. */
  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    const failures: unknown[] = [];
    for (const thing of [...this.#owned].reverse()) {
      try {
        this.release(thing);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Some parts could not be disposed.');
  }
}
