import type { IsWanted, TextFormat } from '../../../src/core/formats/format.ts';
import { Table } from '../../../src/core/runs/table.ts';
import { inLanes } from './inLanes.ts';
import { sampleOf } from './readText.ts';

/** A block of this size is read by the kernel, ones of the other never are. */
export const largeBlock = 70_000;
export const smallBlock = 20_000;

/** Again and again, until it is enough for the kernel. */
export const repeated = (text: string): string => text.repeat(Math.ceil(largeBlock / Math.max(1, text.length)));

/** @param isLent whether the blocks lie in the memory of the kernel, as those of files do */
export function readInBlocks(
  format: TextFormat,
  text: string,
  blockBytes: number,
  isWanted?: IsWanted,
  isLent = false,
): Table {
  const table = new Table();
  const parser = format.open(table, sampleOf(text.slice(0, 1000)), isWanted);
  const bytes = new TextEncoder().encode(text);
  for (const block of isLent ? inLanes(bytes, blockBytes) : copies(bytes, blockBytes)) parser.feed(block);
  parser.finish();
  return table;
}

function* copies(bytes: Uint8Array, blockBytes: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += blockBytes) yield bytes.slice(at, at + blockBytes);
}

/** Where a column has -0, which equals 0 and is another number. */
export const negativeZeros = (table: Table): readonly (readonly boolean[])[] =>
  table.columns.map(({ values }) => [...values.view()].map((value) => Object.is(value, -0)));
