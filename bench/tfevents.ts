import { tfevents } from '../src/core/formats/tfevents.ts';
import { Table } from '../src/core/runs/table.ts';
import { event, firstRecord, simpleValue } from '../test/support/encodeEvents.ts';
import { sampleOf } from '../test/support/readTable.ts';

/**
 * Reading a TensorBoard file of many scalars into a table, beside the least a program can do with it in Node: step over the
 * records, check both checksums byte by byte, keep tag and value in plain arrays. `node --import tsx bench/tfevents.ts [points]`
 */
const points = Number(process.argv[2] ?? 200_000);
const tags = ['train/loss', 'train/reward', 'train/kl', 'eval/loss'];
const bytes = new Uint8Array(
  Buffer.concat([
    firstRecord,
    ...Array.from({ length: points }, (_, i) =>
      event({ step: i >> 2, wallTime: 1_700_000_000 + i, values: [simpleValue(tags[i & 3] ?? '', Math.sin(i))] }),
    ),
  ]),
);

const table = new Uint32Array(256).map((_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc;
});

function checksum(from: number, to: number): number {
  let crc = 0xffffffff;
  for (let i = from; i < to; i += 1) crc = (table[(crc ^ (bytes[i] ?? 0)) & 255] ?? 0) ^ (crc >>> 8);
  crc = (crc ^ 0xffffffff) >>> 0;
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

function plainLoop(): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const series = new Map<string, number[]>();
  const decoder = new TextDecoder();
  let count = 0;
  for (let at = 0; at + 16 <= bytes.length; ) {
    const length = view.getUint32(at, true);
    const end = at + 16 + length;
    if (checksum(at, at + 8) !== view.getUint32(at + 8, true)) break;
    if (checksum(at + 12, end - 4) !== view.getUint32(end - 4, true)) break;
    // Tag and value stand at the end of a record with one simple value.
    const tagEnd = end - 4 - 5;
    let tagStart = tagEnd;
    while (tagStart > at && bytes[tagStart - 1] !== tagEnd - tagStart) tagStart -= 1;
    const tag = decoder.decode(bytes.subarray(tagStart, tagEnd));
    const list = series.get(tag);
    if (list === undefined) series.set(tag, [view.getFloat32(end - 8, true)]);
    else list.push(view.getFloat32(end - 8, true));
    count += 1;
    at = end;
  }
  return count;
}

function ours(): number {
  const into = new Table();
  const parser = tfevents.open(into, sampleOf(bytes));
  parser.feed(bytes);
  parser.finish();
  return into.rowCount;
}

const median = (work: () => number): number => {
  const times = Array.from({ length: 7 }, () => {
    const start = performance.now();
    if (work() === 0) throw new Error('Nothing was read.');
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[3] ?? 0;
};

const [plain, read] = [median(plainLoop), median(ours)];
process.stdout.write(
  `${points} points, ${(bytes.length / 1e6).toFixed(1)} MB: into a table ${read.toFixed(0)} ms, plain loop ${plain.toFixed(0)} ms, ${(read / plain).toFixed(2)} times as long\n`,
);
