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

/** Decodes blocks split anywhere; what is no text becomes replacement signs, never an error. */
export class StreamDecoder {
  readonly #decoder: InstanceType<typeof TextDecoder>;

  constructor(encoding: Encoding) {
    this.#decoder = new TextDecoder(encoding);
  }

  decode(block: Uint8Array): string {
    return this.#decoder.decode(block, { stream: true });
  }
}

/** Text of a block on its own. */
export function decodeBlock(block: Uint8Array, encoding: Encoding): string {
  return new TextDecoder(encoding).decode(block);
}
