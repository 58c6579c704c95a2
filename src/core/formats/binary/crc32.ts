import { crcTable, slicedCrc } from './slicedCrc.ts';

const ieee = crcTable(0xedb88320);

/** The checksum of zlib and gzip (IEEE 802.3). */
export const crc32 = (bytes: DataView, from: number, to: number): number => slicedCrc(ieee, bytes, from, to);
