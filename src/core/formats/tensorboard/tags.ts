import { RepeatedTexts } from '../binary/repeatedTexts.ts';

/** What is known of a tag; nothing of it is looked up by its name at each event. */
export interface Tag {
  readonly name: string;
  /** A writer may name it only once. */
  plugin: string | undefined;
  /** null before its first point. */
  column: number | null;
  /** -1 until it is settled. */
  clock: number;
  /** Number of the row it stood in last, where its values are not kept. */
  row: number;
}

/** Plugins whose tensors are no scalars even when they hold one number. */
export const isScalarPlugin = (plugin: string | undefined): boolean => plugin === undefined || plugin === 'scalars';

export class Tags {
  readonly #byName = new Map<string, Tag>();
  readonly #byBytes = new RepeatedTexts((name) => this.#named(name));

  read(bytes: Uint8Array, from: number, to: number): Tag {
    return this.#byBytes.read(bytes, from, to);
  }

  copy(): Tags {
    const copy = new Tags();
    for (const [name, tag] of this.#byName) copy.#byName.set(name, { ...tag });
    return copy;
  }

  of({ name }: Tag): Tag {
    return this.#named(name);
  }

  #named(name: string): Tag {
    let tag = this.#byName.get(name);
    if (tag === undefined) {
      tag = { name, plugin: undefined, column: null, clock: -1, row: 0 };
      this.#byName.set(name, tag);
    }
    return tag;
  }
}
