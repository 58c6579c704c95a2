export type Ink = 'solver' | 'verifier' | 'gap' | 'quiet' | 'plain';

interface Cell {
  sign: string;
  ink: Ink;
  /** Braille dots (a bit each), where no sign stands. */
  dots: number;
}

/** Bits of the braille pattern by row and column of its 4 × 2 dots (Unicode 2800). */
const dotBits = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const;

const ansi: Readonly<Record<Ink, string>> = {
  solver: '\u001b[34m',
  verifier: '\u001b[33m',
  gap: '\u001b[32m',
  quiet: '\u001b[90m',
  plain: '',
};
const reset = '\u001b[0m';

/** A grid of characters in which lines are drawn with dots, two a column and four a row; without Unicode one a character. */
export class TextCanvas {
  readonly columns: number;
  readonly rows: number;
  readonly #cells: Cell[];
  readonly #isUnicode: boolean;

  constructor(columns: number, rows: number, isUnicode: boolean) {
    this.columns = columns;
    this.rows = rows;
    this.#isUnicode = isUnicode;
    this.#cells = Array.from({ length: columns * rows }, () => ({ sign: ' ', ink: 'plain', dots: 0 }));
  }

  /** Puts one character at a cell; cells outside are left out. */
  put(column: number, row: number, sign: string, ink: Ink): void {
    const cell = this.#cell(column, row);
    if (cell === null) return;
    cell.sign = sign;
    cell.ink = ink;
    cell.dots = 0;
  }

  isEmpty(column: number, row: number): boolean {
    const cell = this.#cell(column, row);
    return cell !== null && cell.sign === ' ' && cell.dots === 0;
  }

  /** A dot at x, y in 0 to 1 from the left and from the bottom. */
  dot(x: number, y: number, ink: Ink): void {
    if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1)) return;
    const column = Math.min(this.columns * 2 - 1, Math.floor(x * this.columns * 2));
    const row = Math.min(this.rows * 4 - 1, Math.floor((1 - y) * this.rows * 4));
    const cell = this.#cell(column >> 1, row >> 2);
    if (cell === null) return;
    cell.sign = ' ';
    cell.ink = ink;
    cell.dots |= dotBits[row & 3]?.[column & 1] ?? 0;
  }

  /** The cell that holds x, y in 0 to 1. */
  cellAt(x: number, y: number): readonly [column: number, row: number] {
    const column = Math.min(this.columns - 1, Math.floor(x * this.columns));
    return [column, Math.min(this.rows - 1, Math.floor((1 - y) * this.rows))];
  }

  /** One text a row; trailing blanks are kept, so that what follows stands in line. */
  lines(isColoured: boolean): string[] {
    return Array.from({ length: this.rows }, (_, row) => {
      let line = '';
      let ink: Ink = 'plain';
      for (let column = 0; column < this.columns; column++) {
        const cell = this.#cell(column, row);
        if (cell === null) continue;
        const wanted = cell.sign === ' ' && cell.dots === 0 ? 'plain' : cell.ink;
        if (isColoured && wanted !== ink) line += `${ink === 'plain' ? '' : reset}${ansi[wanted]}`;
        ink = wanted;
        line += this.#signOf(cell);
      }
      return isColoured && ink !== 'plain' ? line + reset : line;
    });
  }

  #signOf({ sign, dots }: Cell): string {
    if (dots === 0) return sign;
    return this.#isUnicode ? String.fromCodePoint(0x2800 + dots) : '.';
  }

  #cell(column: number, row: number): Cell | null {
    if (column < 0 || row < 0 || column >= this.columns || row >= this.rows) return null;
    return this.#cells[row * this.columns + column] ?? null;
  }
}

export function inked(text: string, ink: Ink, isColoured: boolean): string {
  return isColoured && ansi[ink] !== '' ? `${ansi[ink]}${text}${reset}` : text;
}
