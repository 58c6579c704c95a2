export const readU16 = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);

export const readU32 = (bytes: Uint8Array, at: number): number =>
  (readU16(bytes, at) | (readU16(bytes, at + 2) << 16)) >>> 0;

/** Exact to 2^53; no length or count in a log is larger. */
export const readU64 = (bytes: Uint8Array, at: number): number => readU32(bytes, at) + 2 ** 32 * readU32(bytes, at + 4);

const scratch = new DataView(new ArrayBuffer(8));

export function readF32(bytes: Uint8Array, at: number): number {
  scratch.setUint32(0, readU32(bytes, at));
  return scratch.getFloat32(0);
}

export function readF64(bytes: Uint8Array, at: number): number {
  scratch.setUint32(0, readU32(bytes, at + 4));
  scratch.setUint32(4, readU32(bytes, at));
  return scratch.getFloat64(0);
}
