import { slicedCrc } from './slicedCrc.ts';

const crc32c = slicedCrc(0x82f63b78);

/** CRC-32C (Castagnoli) as TFRecord files store it: rotated and shifted, so that a checksum of checksums stays useful. */
export function maskedCrc32c(bytes: Uint8Array, from: number, to: number): number {
  const crc = crc32c(bytes, from, to);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
