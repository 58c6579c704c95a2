/** Begun before their turn. */
const ahead = 4;

/** Begins work on items in their order, a few of them before they are asked for. */
export class AheadQueue<Item, Begun> {
  readonly #items: Iterator<Item>;
  readonly #begin: (item: Item) => Promise<Begun>;
  readonly #end: (begun: Begun) => Promise<void>;
  readonly #begun: Promise<Begun>[] = [];

  /** @param end for what was begun and not asked for. */
  constructor(items: Iterable<Item>, begin: (item: Item) => Promise<Begun>, end: (begun: Begun) => Promise<void>) {
    this.#items = items[Symbol.iterator]();
    this.#begin = begin;
    this.#end = end;
    for (let i = 0; i < ahead; i += 1) this.#beginNext();
  }

  /** Of the next item; there must be one. */
  async next(): Promise<Begun> {
    const begun = this.#begun.shift();
    this.#beginNext();
    if (begun === undefined) throw new Error('Nothing is left to begin.');
    return begun;
  }

  async close(): Promise<void> {
    for (const one of await Promise.allSettled(this.#begun)) {
      if (one.status === 'fulfilled') await this.#end(one.value);
    }
  }

  #beginNext(): void {
    const { done, value } = this.#items.next();
    if (done === true) return;
    const begun = this.#begin(value);
    // Its turn comes later: a failure is thrown then.
    begun.catch(() => {});
    this.#begun.push(begun);
  }
}
