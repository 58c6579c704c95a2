import { emptyCrcTable, fillCrcTable, slicedCrc } from './slicedCrc.ts';

const ieee = emptyCrcTable();

/** The checksum of zlib and gzip (IEEE 802.3). */
export function crc32(bytes: DataView, from: number, to: number): number {
  if (ieee[1] === 0) fillCrcTable(ieee, 0xedb88320);
  return slicedCrc(ieee, bytes, from, to);
}
