import assert from 'node:assert/strict';
import type { Format, Sample } from '../../src/core/formats/format.ts';
import { formats } from '../../src/core/formats/formatTable.ts';
import { Table } from '../../src/core/runs/table.ts';
import { MemorySource } from '../../src/engine/memorySource.ts';
import { readSample } from '../../src/engine/readSample.ts';
import { recognise } from '../../src/engine/recognise.ts';
import { contentOf } from '../support/readTable.ts';
import { splitAt } from '../support/splitAt.ts';
import { mutate } from './mutate.ts';
import type { Random } from './random.ts';
import { readLog } from './readLog.ts';
import type { Seed } from './seeds.ts';

interface Recognised {
  readonly format: Format;
  readonly sample: Sample;
}

const known = new WeakMap<Seed, Promise<Recognised>>();

/** The format that takes a seed, and what it saw of it. */
export function recognised(seed: Seed): Promise<Recognised> {
  const found = known.get(seed) ?? recogniseSeed(seed);
  known.set(seed, found);
  return found;
}

async function recogniseSeed({ path, bytes }: Seed): Promise<Recognised> {
  const { sample } = await readSample(new MemorySource(path, bytes), bytes.length);
  const { format } = recognise(sample, formats);
  assert.ok(format !== null, `${path} is taken by no format`);
  return { format, sample };
}

function read(format: Format, sample: Sample, pieces: readonly Uint8Array[]): Table {
  const table = new Table();
  const parser = format.open(table, sample);
  for (const piece of pieces) parser.feed(piece);
  parser.finish();
  return table;
}

/** Cut at this byte it is read without an error; of a log of records all rows but the last are those of the whole. */
export async function survivesCut(seed: Seed, end: number): Promise<void> {
  const { format, sample } = await recognised(seed);
  await readLog(seed.path, seed.bytes.slice(0, end));
  if (!seed.isOfRecords) return;
  const whole = rowsOf(read(format, sample, [seed.bytes]));
  const cut = rowsOf(read(format, sample, [seed.bytes.slice(0, end)]));
  assert.ok(cut.length <= whole.length, `${cut.length} rows of ${whole.length}`);
  const sure = Math.max(0, cut.length - 1);
  assert.deepEqual(cut.slice(0, sure), whole.slice(0, sure), `cut at ${end}`);
}

/** Offered at this byte and read on it is what it is when it is read at once. */
export async function growsAlike(seed: Seed, end: number): Promise<void> {
  const { format, sample } = await recognised(seed);
  const table = new Table();
  const parser = format.open(table, sample);
  parser.feed(seed.bytes.slice(0, end));
  const mark = table.mark();
  parser.finish();
  table.cutTo(mark);
  parser.feed(seed.bytes.slice(end));
  parser.finish();
  assert.deepEqual(contentOf(table), contentOf(read(format, sample, [seed.bytes])), `grown at ${end}`);
}

/** In any pieces it is what it is in one. */
export async function splitsAlike(seed: Seed, random: Random): Promise<void> {
  const { format, sample } = await recognised(seed);
  const cuts = Array.from({ length: 1 + random.below(8) }, () => random.below(seed.bytes.length + 1));
  assert.deepEqual(
    contentOf(read(format, sample, splitAt(seed.bytes, cuts))),
    contentOf(read(format, sample, [seed.bytes])),
    `split at ${cuts}`,
  );
}

/** Wounded anyhow it is read, or refused in a sentence that names it; what is read of it in pieces is the same. */
export async function survivesWounds(seed: Seed, random: Random): Promise<void> {
  const wounded = { ...seed, bytes: mutate(seed.bytes, random) };
  const { table } = await readLog(wounded.path, wounded.bytes);
  if (table !== null && wounded.bytes.length > 0 && wounded.bytes.length < longestSplit)
    await splitsAlike(wounded, random);
}

const longestSplit = 256 * 1024;

/** Rows as what they hold, whatever columns there are. */
function rowsOf(table: Table): string[] {
  const rows = Array.from({ length: table.rowCount }, (): string[] => []);
  for (const { name, rows: at, values, textRows, textCodes, texts } of table.columns) {
    for (let i = 0; i < at.length; i++) rows[at.at(i)]?.push(`${name}=${values.at(i)}`);
    for (let i = 0; i < textRows.length; i++) rows[textRows.at(i)]?.push(`${name}=${texts[textCodes.at(i)]}`);
  }
  return rows.map((cells) => cells.sort().join());
}
