import { emptyCrcTable, fillCrcTable, slicedCrc } from './slicedCrc.ts';

const castagnoli = emptyCrcTable();

/** CRC-32C (Castagnoli) as TFRecord files store it: rotated and shifted, so that a checksum of checksums stays useful. */
export function maskedCrc32c(bytes: DataView, from: number, to: number): number {
  fill();
  const crc = slicedCrc(castagnoli, bytes, from, to);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

/** Its tables, one behind the other. */
export function castagnoliTables(): Int32Array {
  fill();
  return castagnoli;
}

function fill(): void {
  if (castagnoli[1] === 0) fillCrcTable(castagnoli, 0x82f63b78);
}
