import { type Kernel, kernelOfThread } from '../simd/kernel.ts';
import { crcTablesAt, mostBlock } from '../simd/layout.ts';
import { castagnoliTables, maskedCrc32c } from './maskedCrc32c.ts';

/** Length and its checksum, before the payload of a record of a TFRecord file. */
export const headerLength = 12;
/** For less it does not pay to ask the kernel. */
const leastBytes = 16_384;

/** Checksums of short lengths, as records of scalars have the same few; 0 where it was not asked for yet. */
const knownChecksums = new Uint32Array(1024);

/** Whether a length with a right checksum stands there. No length reaches 4 GiB, which rules out most offsets by four bytes. */
export function holdsHeader(bytes: DataView, at: number): boolean {
  if (at + headerLength > bytes.byteLength || bytes.getInt32(at + 4, true) !== 0) return false;
  const length = bytes.getUint32(at, true);
  let checksum = length < knownChecksums.length ? (knownChecksums[length] ?? 0) : 0;
  if (checksum === 0) {
    checksum = maskedCrc32c(bytes, at, at + 8);
    if (length < knownChecksums.length) knownChecksums[length] = checksum;
  }
  return bytes.getUint32(at + 8, true) === checksum;
}

/** Whether the payload of the record from `at` to `end` has the checksum behind it. */
export const payloadIsWhole = (bytes: DataView, at: number, end: number): boolean =>
  bytes.getUint32(end - 4, true) === maskedCrc32c(bytes, at + headerLength, end - 4);

const owner = {};

/** The place behind the records that stand one behind the other from the first byte on and are whole; 0 where nobody looked. */
export function behindSound(bytes: Uint8Array): number {
  const { length } = bytes;
  const kernel = length < leastBytes || length > mostBlock ? null : kernelOfThread();
  if (kernel === null) return 0;
  tellTables(kernel);
  const shift = kernel.load(owner, bytes, 0, length);
  const behind = kernel.passRecords(-shift, length - shift) + shift;
  kernel.unload();
  return behind;
}

function tellTables({ ints }: Kernel): void {
  if (ints[crcTablesAt / 4 + 1] === 0) ints.set(castagnoliTables(), crcTablesAt / 4);
}
