import { writeOut } from './output.ts';

const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');
const clearLine = '\u001b[K';
const clearBelow = '\u001b[J';
const up = (rows: number): string => (rows > 0 ? `\u001b[${rows}A` : '');

/** Lines at the bottom of a terminal that are written over by the next ones. It hides nothing that had to be brought back. */
export class LiveFrame {
  readonly #stream: NodeJS.WriteStream;
  #lines: readonly string[] = [];

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  get width(): number {
    return this.#stream.columns > 0 ? this.#stream.columns : 80;
  }

  /** Rows that a frame may have: what has scrolled away cannot be written over. */
  get rows(): number {
    return Math.max(1, (this.#stream.rows > 0 ? this.#stream.rows : 24) - 1);
  }

  /** @param lines none longer than the width. */
  show(lines: readonly string[]): Promise<void> {
    const back = `\r${up(this.#height())}`;
    this.#lines = lines;
    return writeOut(this.#stream, `${back}${lines.map((line) => `${line}${clearLine}\n`).join('')}${clearBelow}`);
  }

  /** Leaves the last frame, and nothing under it: a terminal writes `^C` where the cursor is. */
  end(): Promise<void> {
    return writeOut(this.#stream, `\r${clearBelow}`);
  }

  /** Rows that the last frame takes by now: in a window that was made narrower its lines are folded. */
  #height(): number {
    const width = this.width;
    const rows = this.#lines.map((line) => Math.max(1, Math.ceil(line.replace(colours, '').length / width)));
    return Math.min(
      this.rows,
      rows.reduce((sum, one) => sum + one, 0),
    );
  }
}
