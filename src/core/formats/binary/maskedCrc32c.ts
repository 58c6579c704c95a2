import { crcTable, slicedCrc } from './slicedCrc.ts';

const castagnoli = crcTable(0x82f63b78);

/** CRC-32C (Castagnoli) as TFRecord files store it: rotated and shifted, so that a checksum of checksums stays useful. */
export function maskedCrc32c(bytes: DataView, from: number, to: number): number {
  const crc = slicedCrc(castagnoli, bytes, from, to);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
