import { joinBytes } from './encodeProtobuf.ts';

const magic = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd);
/** No content size, no checksum; a window of 128 kB. */
const header = Uint8Array.of(0x00, 0x38);
const mostInBlock = 128 * 1024;

const blockHeader = (kind: number, size: number, isLast: boolean): Uint8Array => {
  const bits = (size << 3) | (kind << 1) | (isLast ? 1 : 0);
  return Uint8Array.of(bits & 255, (bits >> 8) & 255, bits >> 16);
};

/** A zstd frame of blocks that are stored as they are (RFC 8878, section 3.1.1.2). */
export function rawZstd(bytes: Uint8Array, blockLength = 4096): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += blockLength) {
    const part = bytes.slice(at, at + blockLength);
    blocks.push(blockHeader(0, part.length, at + blockLength >= bytes.length), part);
  }
  return joinBytes(magic, header, ...blocks);
}

/** A zstd frame of blocks that each repeat one byte 128 kB long. */
export const repeatedZstd = (blocks: number): Uint8Array =>
  joinBytes(
    magic,
    header,
    ...Array.from({ length: blocks }, (_, i) =>
      joinBytes(blockHeader(1, mostInBlock, i === blocks - 1), Uint8Array.of(65)),
    ),
  );
