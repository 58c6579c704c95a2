import type { Sample, TextFormat } from '../../../src/core/formats/format.ts';
import { Table } from '../../../src/core/runs/table.ts';
import { splitAt } from '../../support/splitAt.ts';

/** What a format sees of a small text before it reads it. */
export function sampleOf(text: string, fileName = 'log', folders: readonly string[] = []): Sample {
  const bytes = new TextEncoder().encode(text);
  return { fileName, folders, size: bytes.length, bytes, head: text, tail: '' };
}

/** Reads the text in the pieces that end at `cuts`, in bytes. */
export function readText(format: TextFormat, text: string, cuts: readonly number[] = [], fileName?: string): Table {
  const table = new Table();
  const parser = format.open(table, sampleOf(text, fileName));
  for (const piece of splitAt(new TextEncoder().encode(text), cuts)) parser.feed(piece);
  parser.finish();
  return table;
}

/** Every cell by column and row, for comparison. */
export function cellsOf(table: Table): readonly { readonly name: string }[] {
  return table.columns.map(({ name, rows, values, textRows, textCodes, texts }) => ({
    name,
    rows: [...rows.view()],
    values: [...values.view()],
    texts: [...textCodes.view()].map((code, i) => [textRows.at(i), texts[code]]),
  }));
}
