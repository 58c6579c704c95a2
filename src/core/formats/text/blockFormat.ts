import type { RowSink, TextFormat } from '../format.ts';
import { type ConsoleReader, consoleParser } from './consoleParser.ts';
import { sampleLines } from './sampleLines.ts';
import { type Cell, type Facts, writeRow } from './writeRow.ts';

/** What a line does to the record that is being collected. */
export type Move =
  | { readonly kind: 'open'; readonly cells: readonly Cell[]; readonly budget?: number }
  | { readonly kind: 'add'; readonly cells: readonly Cell[] }
  | { readonly kind: 'close' };

export interface BlockFormat {
  readonly id: string;
  readonly title: string;
  readonly confidence: number;
  readonly because: string;
  readonly facts?: Facts;
  /** Unit of the planned end. */
  readonly unit?: string;
  /** null where the line has nothing to do with a record. */
  read(line: string, isWhole: boolean): Move | null;
}

/** A console whose records stand in several lines: one opens a record, others add to it. */
export function blockFormat(format: BlockFormat): TextFormat {
  const { id, title, confidence, because } = format;
  return {
    id,
    title,
    kind: 'text',
    mostConfidence: confidence,
    sniff(sample) {
      let opened = 0;
      let filled = 0;
      for (const line of sampleLines(sample)) {
        const move = format.read(line, true);
        if (move === null || move.kind === 'close') continue;
        if (move.kind === 'open') opened += 1;
        if (opened > 0 && (move.kind === 'add' || move.cells.length > 1)) filled += 1;
        if (opened > 1 && filled > 1) return { confidence, because };
      }
      return filled > 0 ? { confidence: confidence - 0.3, because } : null;
    },
    open: (sink) => consoleParser(sink, readerFrom(format, null)),
  };
}

interface Pending {
  readonly line: number;
  readonly cells: readonly Cell[];
  /** Cells that only say which record it is. */
  readonly labels: number;
}

function readerFrom(format: BlockFormat, start: Pending | null): ConsoleReader {
  let pending = start;
  const write = (sink: RowSink): void => {
    if (pending !== null && pending.cells.length > pending.labels)
      writeRow(sink, pending.line, pending.cells, format.facts);
    pending = null;
  };
  return {
    read(text, line, sink, isWhole) {
      const move = format.read(text, isWhole);
      if (move === null) return;
      if (move.kind === 'add') {
        if (pending !== null) pending = { ...pending, cells: [...pending.cells, ...move.cells] };
        return;
      }
      write(sink);
      if (move.kind === 'close') return;
      pending = { line, cells: move.cells, labels: 1 };
      if (move.budget !== undefined && move.budget > 0)
        sink.budget({ x: move.budget, unit: format.unit ?? 'step', from: 'its lines' });
    },
    end: write,
    copy: () => readerFrom(format, pending),
  };
}
