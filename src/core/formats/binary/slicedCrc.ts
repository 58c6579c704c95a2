const slices = 8;

/** Of zeros: it is filled when it is first asked, because most commands read no checksums. */
export const emptyCrcTable = (): Int32Array => new Int32Array(256 * slices);

/** Once: only the first entry of a filled table may be 0. @param polynomial reflected */
export function fillCrcTable(table: Int32Array, polynomial: number): void {
  for (let byte = 0; byte < 256; byte += 1) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
    table[byte] = crc;
  }
  for (let i = 256; i < table.length; i += 1) {
    const shorter = table[i - 256] ?? 0;
    table[i] = (shorter >>> 8) ^ (table[shorter & 255] ?? 0);
  }
}

/**
 * A reflected 32-bit CRC with initial value and final xor 0xFFFFFFFF, eight bytes a step ("slicing-by-8", Kounavis and
 * Berry 2005): checksums are much of the time of reading a binary log, and this is several times as fast as a byte table.
 * It becomes part of a caller whose table is a constant, and then no index is checked.
 */
export function slicedCrc(table: Int32Array, bytes: DataView, from: number, to: number): number {
  let crc = -1;
  let i = from;
  for (; i + slices <= to; i += slices) {
    crc = part(table, crc ^ bytes.getInt32(i, true), 4) ^ part(table, bytes.getInt32(i + 4, true), 0);
  }
  // Records of scalars are so short that their last bytes count.
  if (i + 4 <= to) {
    crc = part(table, crc ^ bytes.getInt32(i, true), 0);
    i += 4;
  }
  for (; i < to; i += 1) crc = (table[(crc ^ bytes.getUint8(i)) & 255] ?? 0) ^ (crc >>> 8);
  return (crc ^ -1) >>> 0;
}

/** Part of four bytes in the checksum of those and what follows them; two pairs, of which neither waits for the other. */
const part = (table: Int32Array, word: number, following: number): number =>
  (table[256 * (following + 3) + (word & 255)] ?? 0) ^
  (table[256 * (following + 2) + ((word >>> 8) & 255)] ?? 0) ^
  ((table[256 * (following + 1) + ((word >>> 16) & 255)] ?? 0) ^ (table[256 * following + (word >>> 24)] ?? 0));
