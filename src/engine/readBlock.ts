import type { ByteSource } from './ports.ts';

/** The bytes from `offset` on, `length` of them or as many as there are. */
export const readBlock = (source: ByteSource, offset: number, length: number): Promise<Uint8Array> =>
  fillBlock(source, offset, new Uint8Array(length));

/** Fills a block as far as there are bytes, and resolves to that part of it: one read may give fewer than were asked for. */
export async function fillBlock(source: ByteSource, offset: number, block: Uint8Array): Promise<Uint8Array> {
  let filled = 0;
  while (filled < block.length) {
    const count = await source.read(offset + filled, block.subarray(filled));
    if (count === 0) break;
    filled += count;
  }
  return block.subarray(0, filled);
}
