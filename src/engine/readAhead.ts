import { kernelOfThread } from '../core/formats/simd/kernel.ts';
import { laneBytes } from '../core/formats/simd/layout.ts';
import type { ByteSource } from './ports.ts';

/**
 * The bytes from `offset` to `end` in blocks, of which the next one is read while the caller works on this one; in the memory of
 * the kernel, where nobody else has it. A block is valid until the next is asked for; where the source has less, the blocks end
 * sooner.
 */
export async function* readAhead(source: ByteSource, offset: number, end: number): AsyncGenerator<Uint8Array, void> {
  const length = Math.min(laneBytes, Math.max(0, end - offset));
  const kernel = length === laneBytes ? kernelOfThread() : null;
  const lanes = kernel?.lend() ?? null;
  let [current, other] = lanes ?? [new Uint8Array(length), new Uint8Array(length)];
  let at = offset;
  const begin = (): Promise<number> | null => {
    if (at >= end) return null;
    const reading = source.read(at, current.subarray(0, Math.min(length, end - at)));
    // It may fail while the caller works, and is told of when it is waited for.
    reading.catch(() => {});
    return reading;
  };
  let reading = begin();
  try {
    while (reading !== null) {
      const count = await reading;
      reading = null;
      if (count === 0) return;
      const block = current.subarray(0, count);
      at += count;
      [current, other] = [other, current];
      reading = begin();
      yield block;
    }
  } finally {
    // A caller that stops may close the source next.
    await reading?.catch(() => {});
    if (lanes !== null) kernel?.takeBack();
  }
}
