/** Where something stands in bytes; -1 where it does not. */
export interface Searchable {
  /** @param what one byte or several. @param from offset at which the search begins */
  indexOf(what: number | Uint8Array, from: number): number;
}

/** Node's bytes, where there are such: they search several times as fast as a loop can. */
declare const Buffer:
  | { from(memory: ArrayBufferLike, offset: number, length: number): Searchable & Uint8Array }
  | undefined;

const native = typeof Buffer === 'undefined' ? null : Buffer;

/** A view for searching; it is valid as long as the bytes are. */
export function searchable(bytes: Uint8Array): Searchable {
  return native === null ? plainlySearchable(bytes) : native.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** The same in plain JavaScript. */
export function plainlySearchable(bytes: Uint8Array): Searchable {
  return {
    indexOf: (what, from) => (typeof what === 'number' ? bytes.indexOf(what, from) : findAll(bytes, what, from)),
  };
}

function findAll(bytes: Uint8Array, what: Uint8Array, from: number): number {
  const [first = 0] = what;
  const last = bytes.length - what.length;
  for (let at = bytes.indexOf(first, from); at >= 0 && at <= last; at = bytes.indexOf(first, at + 1)) {
    let same = 1;
    while (same < what.length && bytes[at + same] === what[same]) same += 1;
    if (same === what.length) return at;
  }
  return -1;
}
