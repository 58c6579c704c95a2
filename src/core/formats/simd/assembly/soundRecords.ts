import { blockAt, crcTablesAt, knownSumsAt, mostKnownSums } from '../layout';

/** Length and its checksum before the payload of a record, and the checksum of that behind it. */
const headerBytes: usize = 12;
const frameBytes: usize = 16;

/**
 * Passes over the records of a TFRecord file that stand one behind the other from `offset` on, as long as each is whole and its
 * checksums are right; no length reaches 4 GiB.
 * @returns the offset behind the last of them
 */
export function passRecords(offset: i32, end: i32): i32 {
  const last: usize = blockAt + end;
  let at: usize = blockAt + offset;
  while (at + frameBytes <= last) {
    const length = load<u32>(at);
    if (load<u32>(at, 4) !== 0 || load<u32>(at, 8) !== sumOfLength(at, length)) break;
    if (length > <u32>(last - at - frameBytes)) break;
    const payloadEnd = at + headerBytes + length;
    if (load<u32>(payloadEnd) !== maskedSum(at + headerBytes, payloadEnd)) break;
    at = payloadEnd + 4;
  }
  return <i32>(at - blockAt);
}

/** Records of scalars have the same few lengths. */
function sumOfLength(at: usize, length: u32): u32 {
  if (length >= <u32>mostKnownSums) return maskedSum(at, at + 8);
  const place: usize = knownSumsAt + (length << 2);
  let sum = load<u32>(place);
  if (sum === 0) {
    sum = maskedSum(at, at + 8);
    store<u32>(place, sum);
  }
  return sum;
}

/** As `maskedCrc32c` in maskedCrc32c.ts. */
function maskedSum(from: usize, to: usize): u32 {
  let crc: u32 = 0xffffffff;
  let at = from;
  for (; at + 8 <= to; at += 8) crc = part(load<u32>(at) ^ crc, 4) ^ part(load<u32>(at, 4), 0);
  if (at + 4 <= to) {
    crc = part(load<u32>(at) ^ crc, 0);
    at += 4;
  }
  for (; at < to; at += 1) crc = entry((crc ^ <u32>load<u8>(at)) & 255, 0) ^ (crc >> 8);
  return rotr(~crc, 15) + 0xa282ead8;
}

/** Part of four bytes in the checksum of those and the bytes that follow; two pairs, of which neither waits for the other. */
function part(word: u32, following: usize): u32 {
  const first = entry(word & 255, following + 3) ^ entry((word >> 8) & 255, following + 2);
  return first ^ (entry((word >> 16) & 255, following + 1) ^ entry(word >> 24, following));
}

function entry(byte: u32, slice: usize): u32 {
  return load<u32>(<usize>crcTablesAt + (slice << 10) + ((<usize>byte) << 2));
}
