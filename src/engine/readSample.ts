import { basename, dirname } from 'node:path';
import type { Sample } from '../core/formats/format.ts';
import type { ByteSource } from './ports.ts';
import { readBlock } from './readBlock.ts';
import { decodeBlock, type Encoding, encodingOf } from './textDecoding.ts';

const headBytes = 256 * 1024;
const tailBytes = 64 * 1024;

export interface ReadSample {
  readonly sample: Sample;
  readonly encoding: Encoding;
}

/** What formats recognise a log by: its first and last block. */
export async function readSample(source: ByteSource, size: number): Promise<ReadSample> {
  const bytes = await readBlock(source, 0, Math.min(size, headBytes));
  const encoding = encodingOf(bytes);
  const tailFrom = Math.max(headBytes, size - tailBytes);
  const tail =
    size > headBytes ? decodeBlock(await readBlock(source, evenly(tailFrom), size - evenly(tailFrom)), encoding) : '';
  const folders = dirname(source.name)
    .split(/[\\/]/)
    .filter((name) => name !== '' && name !== '.');
  return {
    encoding,
    sample: {
      // A packed log is recognised as what it was.
      fileName: basename(source.name).replace(/\.(gz|gzip|zst|zstd)$/i, ''),
      folders,
      size,
      bytes,
      head: decodeBlock(bytes, encoding),
      tail: tail.slice(tail.indexOf('\n') + 1),
    },
  };
}

/** UTF-16 has two bytes a unit. */
function evenly(offset: number): number {
  return offset - (offset % 2);
}
