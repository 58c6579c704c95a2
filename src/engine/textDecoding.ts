export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** By the byte order mark; without one by zeros in every other byte, which PowerShell's files have. */
export function encodingOf(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const probe = head.subarray(0, 512);
  let even = 0;
  let odd = 0;
  probe.forEach((byte, i) => {
    if (byte === 0) {
      if (i % 2 === 0) even += 1;
      else odd += 1;
    }
  });
  const half = probe.length / 2;
  if (half >= 4 && odd > 0.7 * half && even < 0.1 * half) return 'utf-16le';
  if (half >= 4 && even > 0.7 * half && odd < 0.1 * half) return 'utf-16be';
  return 'utf-8';
}

const byteOrderMark = [0xef, 0xbb, 0xbf];

/** Makes UTF-8 without a byte order mark of blocks split anywhere; blocks that are such already pass as they are. */
export class Utf8Stream {
  /** null for UTF-8. */
  readonly #decoder: InstanceType<typeof TextDecoder> | null;
  readonly #encoder = new TextEncoder();
  /** Bytes of the mark that may still come; those before were it. */
  #markAt = 0;

  constructor(encoding: Encoding) {
    this.#decoder = encoding === 'utf-8' ? null : new TextDecoder(encoding);
  }

  encode(block: Uint8Array): Uint8Array {
    if (this.#decoder !== null) return this.#encoder.encode(this.#decoder.decode(block, { stream: true }));
    return this.#markAt < byteOrderMark.length ? this.#withoutMark(block) : block;
  }

  #withoutMark(block: Uint8Array): Uint8Array {
    let at = 0;
    while (at < block.length && this.#markAt < byteOrderMark.length) {
      if (block[at] !== byteOrderMark[this.#markAt]) {
        // What looked like the mark so far is text.
        const held = byteOrderMark.slice(0, Math.max(0, this.#markAt - at));
        this.#markAt = byteOrderMark.length;
        return held.length === 0 ? block : Uint8Array.from([...held, ...block]);
      }
      at += 1;
      this.#markAt += 1;
    }
    return block.subarray(at);
  }
}

/** Text of a block on its own. */
export function decodeBlock(block: Uint8Array, encoding: Encoding): string {
  return new TextDecoder(encoding).decode(block);
}
