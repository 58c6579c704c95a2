import { kernelOfThread } from '../../../src/core/formats/simd/kernel.ts';
import { laneBytes } from '../../../src/core/formats/simd/layout.ts';

/** What lies around a block, where others were before it: a number that would go on, and signs that part words. */
const stale = new TextEncoder().encode('"0\u001b[1m9: ');

/** Blocks of so many bytes, each where the kernel reads it without moving it; valid until the next is asked for. */
export function* inLanes(bytes: Uint8Array, blockBytes: number): Generator<Uint8Array> {
  const kernel = kernelOfThread();
  const lanes = kernel?.lend() ?? null;
  if (kernel === null || lanes === null) throw new Error('There is no kernel here, or its lanes are in use.');
  const size = Math.min(blockBytes, laneBytes);
  try {
    for (let at = 0, turn = 0; at < bytes.length; at += size, turn += 1) {
      const lane = lanes[turn % 2] ?? new Uint8Array(0);
      for (let i = 0; i < lane.length; i += 1) lane[i] = stale[i % stale.length] ?? 0;
      const block = bytes.subarray(at, at + size);
      lane.set(block);
      yield lane.subarray(0, block.length);
    }
  } finally {
    kernel.takeBack();
  }
}
