import type { ByteSource } from './ports.ts';

/** The bytes from `offset` on, `length` of them or as many as there are: one read may give fewer than were asked for. */
export async function readBlock(source: ByteSource, offset: number, length: number): Promise<Uint8Array> {
  const block = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const count = await source.read(offset + filled, block.subarray(filled));
    if (count === 0) break;
    filled += count;
  }
  return block.subarray(0, filled);
}
