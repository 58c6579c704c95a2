/** A reflected CRC bit by bit, as its definition says: what the fast one is held against. */
export function bitwiseCrc(polynomial: number, bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

export const castagnoli = 0x82f63b78;
export const ieee = 0xedb88320;
