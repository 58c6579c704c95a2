/** Halves of the five primes (https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md). */
const prime1 = [0x85ebca87, 0x9e3779b1] as const;
const prime2 = [0x27d4eb4f, 0xc2b2ae3d] as const;
const prime3 = [0x9e3779f9, 0x165667b1] as const;
const prime4 = [0xc2b2ae63, 0x85ebca77] as const;
const prime5 = [0x165667c5, 0x27d4eb2f] as const;

const stripe = 32;
const mask = (1n << 64n) - 1n;
const joined = ([low, high]: readonly [number, number]): bigint => (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
const [p1, p2, p3, p4, p5] = [joined(prime1), joined(prime2), joined(prime3), joined(prime4), joined(prime5)];
const rotated = (value: bigint, bits: bigint): bigint => ((value << bits) | (value >> (64n - bits))) & mask;
const times = (a: bigint, b: bigint): bigint => (a * b) & mask;
const round = (lane: bigint, input: bigint): bigint => times(rotated((lane + times(input, p2)) & mask, 31n), p1);

/**
 * XXH64 with seed 0 of bytes that come in pieces. The stripes, which are nearly all of them, are summed in halves of 32 bits;
 * only the end is left to BigInt, which is a hundred times slower.
 */
export class Xxh64 {
  /** Four lanes of a low and a high half. */
  readonly #lanes = new Int32Array(8);
  readonly #rest = new Uint8Array(stripe);
  #restLength = 0;
  #length = 0;

  constructor() {
    const start = [(p1 + p2) & mask, p2, 0n, -p1 & mask];
    start.forEach((lane, i) => {
      this.#lanes[2 * i] = Number(lane & 0xffffffffn);
      this.#lanes[2 * i + 1] = Number(lane >> 32n);
    });
  }

  add(bytes: Uint8Array): void {
    this.#length += bytes.length;
    let at = 0;
    if (this.#restLength > 0) {
      at = Math.min(stripe - this.#restLength, bytes.length);
      this.#rest.set(bytes.subarray(0, at), this.#restLength);
      this.#restLength += at;
      if (this.#restLength < stripe) return;
      this.#stripe(this.#rest, 0);
      this.#restLength = 0;
    }
    for (; at + stripe <= bytes.length; at += stripe) this.#stripe(bytes, at);
    this.#rest.set(bytes.subarray(at));
    this.#restLength = bytes.length - at;
  }

  digest(): bigint {
    let hash = this.#length < stripe ? p5 : this.#merged();
    hash = (hash + BigInt(this.#length)) & mask;
    const rest = this.#rest.subarray(0, this.#restLength);
    const view = new DataView(rest.buffer, rest.byteOffset, rest.length);
    let at = 0;
    for (; at + 8 <= rest.length; at += 8) {
      hash = (times(rotated(hash ^ round(0n, view.getBigUint64(at, true)), 27n), p1) + p4) & mask;
    }
    if (at + 4 <= rest.length) {
      hash = (times(rotated(hash ^ times(BigInt(view.getUint32(at, true)), p1), 23n), p2) + p3) & mask;
      at += 4;
    }
    for (; at < rest.length; at += 1) hash = times(rotated(hash ^ times(BigInt(rest[at] ?? 0), p5), 11n), p1);
    hash = times(hash ^ (hash >> 33n), p2);
    hash = times(hash ^ (hash >> 29n), p3);
    return hash ^ (hash >> 32n);
  }

  #merged(): bigint {
    const lanes = [0, 1, 2, 3].map((i) => joined([this.#lanes[2 * i] ?? 0, this.#lanes[2 * i + 1] ?? 0]));
    const turns = [1n, 7n, 12n, 18n];
    let hash = lanes.reduce((sum, lane, i) => sum + rotated(lane, turns[i] ?? 0n), 0n) & mask;
    for (const lane of lanes) hash = (times(hash ^ round(0n, lane), p1) + p4) & mask;
    return hash;
  }

  /** `lane = rotate(lane + input * prime2, 31) * prime1` of each lane. */
  #stripe(bytes: Uint8Array, from: number): void {
    const lanes = this.#lanes;
    for (let i = 0; i < 8; i += 2) {
      const at = from + 4 * i;
      multiply(word(bytes, at), word(bytes, at + 4), prime2[0], prime2[1]);
      const low = (lanes[i] ?? 0) >>> 0;
      const sum = low + (productLow >>> 0);
      const high = ((lanes[i + 1] ?? 0) + productHigh + (sum >= 2 ** 32 ? 1 : 0)) | 0;
      const kept = sum | 0;
      multiply((kept << 31) | (high >>> 1), (high << 31) | (kept >>> 1), prime1[0], prime1[1]);
      lanes[i] = productLow;
      lanes[i + 1] = productHigh;
    }
  }
}

const word = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);

let productLow = 0;
let productHigh = 0;

/** The low 64 bits of a product, left in two variables: an object a product would cost more than the product. */
function multiply(aLow: number, aHigh: number, bLow: number, bHigh: number): void {
  const [a0, a1, b0, b1] = [aLow & 0xffff, aLow >>> 16, bLow & 0xffff, bLow >>> 16];
  const lowest = a0 * b0;
  const middle = a0 * b1 + a1 * b0 + Math.floor(lowest / 65536);
  productLow = ((middle & 0xffff) << 16) | (lowest & 0xffff);
  productHigh = (a1 * b1 + Math.floor(middle / 65536) + Math.imul(aHigh, bLow) + Math.imul(aLow, bHigh)) | 0;
}
