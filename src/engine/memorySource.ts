import type { ByteSource, FileState } from './ports.ts';

/** Bytes that are there already, such as all of standard input. */
export class MemorySource implements ByteSource {
  readonly name: string;
  readonly #bytes: Uint8Array;

  constructor(name: string, bytes: Uint8Array) {
    this.name = name;
    this.#bytes = bytes;
  }

  state(): Promise<FileState> {
    return Promise.resolve({ size: this.#bytes.length, modifiedMs: 0, identity: this.name });
  }

  read(offset: number, into: Uint8Array): Promise<number> {
    const part = this.#bytes.subarray(offset, offset + into.length);
    into.set(part);
    return Promise.resolve(part.length);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
