import { type GrowingFloats, GrowingInts } from './growingArray.ts';
import { GrowingStretches } from './growingStretches.ts';
import { countWhile } from './risingValues.ts';

/** Rising numbers of the rows that a column has: it misses few of them. */
export class GrowingRows extends GrowingStretches<GrowingInts> {
  protected allocate(): GrowingInts {
    return new GrowingInts();
  }

  /** Whether both are the same rows, told by their stretches; false too where one is kept otherwise than the other. */
  equals(other: GrowingRows): boolean {
    if (this.length !== other.length || this.last !== other.last) return false;
    if (this.items !== null && other.items !== null) return isSame(this.items, other.items);
    if (this.items !== null || other.items !== null) return false;
    return isSame(this.firsts, other.firsts) && isSame(this.indices, other.indices);
  }

  /** Index of the first that is not less than a row; how many there are where all are. */
  indexFrom(row: number): number {
    return countWhile(this.length, (index) => this.at(index) < row);
  }

  /** Puts 1 at the place of each row from `first` on, counted from there. */
  mark(first: number, isMarked: Uint8Array): void {
    if (this.items !== null) {
      for (let i = this.indexFrom(first); i < this.length; i += 1) isMarked[this.items.at(i) - first] = 1;
      return;
    }
    for (let stretch = this.indices.length - 1; stretch >= 0; stretch -= 1) {
      const start = this.firsts.at(stretch) - first;
      const end = start + this.endOf(stretch) - this.indices.at(stretch);
      if (end <= 0) return;
      isMarked.fill(1, Math.max(0, start), end);
    }
  }

  /** A view, or numbers of its own; valid until the next push. */
  view(): Int32Array {
    if (this.items !== null) return this.items.view();
    const rows = new Int32Array(this.length);
    for (let stretch = 0; stretch < this.indices.length; stretch += 1) {
      const from = this.indices.at(stretch);
      const to = this.endOf(stretch);
      const offset = this.firsts.at(stretch) - from;
      for (let i = from; i < to; i += 1) rows[i] = offset + i;
    }
    return rows;
  }
}

function isSame(some: GrowingInts | GrowingFloats, others: GrowingInts | GrowingFloats): boolean {
  if (some.length !== others.length) return false;
  for (let i = 0; i < some.length; i += 1) if (some.at(i) !== others.at(i)) return false;
  return true;
}
