import { readFileSync } from 'node:fs';

/** A prefix of a real curve with the later checkpoints it is asked for. */
export interface CurveCase {
  readonly id: string;
  readonly kind: string;
  /** Owner of the repository it comes from: what is to be left out together. */
  readonly owner: string;
  /** Of the curve that is known. */
  readonly share: number;
  readonly whole: { readonly x: Float64Array; readonly y: Float64Array };
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly at: Float64Array;
  readonly truth: Float64Array;
}

const shared = new URL('../../../shared/', import.meta.url);

/** Rows of a CSV without quotes in the shared folder, its header among them. */
export function readShared(path: string): string[][] {
  return readFileSync(new URL(path, shared), 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
}

/** 40, 60 and 80 % of each curve of at least 8 checkpoints, asked for twelve of those that follow. */
export function curveCases(): CurveCase[] {
  return readShared('curves/index.csv')
    .slice(1)
    .flatMap(([id = '', kind = '', , , , repository = '']) => {
      const rows = readShared(`curves/${id}.csv`).slice(1);
      const x = Float64Array.from(rows, (row) => Number(row[0]));
      const y = Float64Array.from(rows, (row) => Number(row[1]));
      return [0.4, 0.6, 0.8].flatMap((share) => {
        const n = Math.floor(x.length * share + 1e-9);
        if (n < 8 || x.length - n < 3) return [];
        const targets = new Set(Array.from({ length: 12 }, (_, i) => Math.floor(n + ((x.length - 1 - n) * i) / 11)));
        const pick = (values: Float64Array): Float64Array => Float64Array.from(targets, (i) => values[i] ?? 0);
        const owner = repository.split('/')[0] ?? '';
        const known = { x: x.slice(0, n), y: y.slice(0, n) };
        return [{ id, kind, owner, share, whole: { x, y }, ...known, at: pick(x), truth: pick(y) }];
      });
    });
}

/** Root mean square error of a forecast over the prefix's range. */
export function relativeError({ y, truth }: Pick<CurveCase, 'y' | 'truth'>, forecast: ArrayLike<number>): number {
  const range = y.reduce((a, b) => Math.max(a, b)) - y.reduce((a, b) => Math.min(a, b));
  const squares = Array.from(truth, (value, i) => (value - (forecast[i] ?? 0)) ** 2);
  return Math.sqrt(squares.reduce((sum, value) => sum + value, 0) / squares.length) / Math.max(range, 1e-8);
}
