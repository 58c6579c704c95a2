import type { Readable } from 'node:stream';
import type { ByteSource, FileState } from './ports.ts';

/** Bytes of a stream as far as they have come, such as of a run whose output is piped here. */
export class GrowingSource implements ByteSource {
  readonly name: string;
  readonly #stream: Readable;
  #bytes: Uint8Array = new Uint8Array(64 * 1024);
  #size = 0;
  #hasEnded = false;

  constructor(name: string, stream: Readable) {
    this.name = name;
    this.#stream = stream;
    stream.on('data', (part: Uint8Array | string) => this.#add(typeof part === 'string' ? Buffer.from(part) : part));
    for (const event of ['end', 'error', 'close']) {
      stream.once(event, () => {
        this.#hasEnded = true;
      });
    }
  }

  get size(): number {
    return this.#size;
  }

  /** Nothing more will come. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  state(): Promise<FileState> {
    return Promise.resolve({ size: this.#size, modifiedMs: 0, identity: this.name });
  }

  read(offset: number, into: Uint8Array): Promise<number> {
    const part = this.#bytes.subarray(offset, Math.min(this.#size, offset + into.length));
    into.set(part);
    return Promise.resolve(part.length);
  }

  /** Whoever waits for the stream's end waits no more. */
  close(): Promise<void> {
    this.#stream.destroy();
    return Promise.resolve();
  }

  #add(part: Uint8Array): void {
    const size = this.#size + part.length;
    if (size > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(size, 2 * this.#bytes.length));
      larger.set(this.#bytes.subarray(0, this.#size));
      this.#bytes = larger;
    }
    this.#bytes.set(part, this.#size);
    this.#size = size;
  }
}
