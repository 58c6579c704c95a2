import { QuickRows, type QuickVisitor } from './quickRows.ts';
import { type RowCells, RowScanner } from './rowScanner.ts';

/** Rows that must be scanned come in larger and larger pieces while nothing else is met, up to this. */
const longestPiece = 64 * 1024;
const firstPiece = 256;

/** Cuts bytes, split anywhere, into rows: each the quick way where it can be, and where it lies. */
export class TableRows {
  readonly scanner: RowScanner;
  readonly #quick: QuickRows;

  constructor(delimiter: string, take: (row: RowCells) => void, quick: QuickVisitor) {
    this.scanner = new RowScanner(delimiter, take);
    this.#quick = new QuickRows(delimiter, quick);
  }

  /** @param wanted places of the cells that are read. @param cells of the header */
  plan(wanted: readonly number[], cells: number): void {
    this.#quick.plan(wanted, cells);
  }

  feed(bytes: Uint8Array): void {
    const quick = this.#quick;
    const { scanner } = this;
    quick.begin(bytes);
    let at = 0;
    let piece = 0;
    while (at < bytes.length) {
      if (scanner.isAtStart) {
        quick.line = scanner.line;
        const behind = quick.sweep(at);
        scanner.line = quick.line;
        if (behind > at) piece = 0;
        at = behind;
      }
      const from = at;
      at = quick.behindLine(Math.min(from + piece, bytes.length));
      scanner.feed(bytes.subarray(from, at));
      piece = Math.min(2 * piece + firstPiece, longestPiece);
    }
  }
}
