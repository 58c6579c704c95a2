import { slicedCrc } from './slicedCrc.ts';

/** The checksum of zlib and gzip (IEEE 802.3). */
export const crc32 = slicedCrc(0xedb88320);
