import { decodeUtf8 } from '../bytes/utf8.ts';
import { stripAnsi } from './stripAnsi.ts';

/** So many lines are remembered, for the last one to be compared with. */
const remembered = 64;
/** Bytes that are kept of a line without memory of its own. */
const place = 1024;

/** The last lines of a console; of one that was read by its bytes, no text is made before it is asked for. */
export class RecentLines {
  readonly #lines = new Array<string | Uint8Array>(remembered).fill('');
  /** A place for each of them. */
  readonly #bytes = new Uint8Array(remembered * place);
  readonly #noted = new Int32Array(2 * remembered);
  #count = 0;
  /** Of them, how many are noted by their place only. */
  #fresh = 0;

  /** @param text colours taken off */
  add(text: string): void {
    this.#lines[this.#count % remembered] = text;
    this.#count += 1;
  }

  /** One that stands in the block that is being read. */
  note(from: number, to: number): void {
    const at = 2 * (this.#count % remembered);
    this.#noted[at] = from;
    this.#noted[at + 1] = to;
    this.#count += 1;
    this.#fresh += 1;
  }

  /** Copies what was noted: the block is about to be overwritten. */
  keep(block: Uint8Array): void {
    for (let i = this.#count - Math.min(this.#fresh, remembered); i < this.#count; i += 1) {
      const at = i % remembered;
      this.#lines[at] = this.#copyOf(block.subarray(this.#noted[2 * at], this.#noted[2 * at + 1]), at * place);
    }
    this.#fresh = 0;
  }

  #copyOf(line: Uint8Array, start: number): Uint8Array {
    if (line.length > place) return line.slice();
    this.#bytes.set(line, start);
    return this.#bytes.subarray(start, start + line.length);
  }

  texts(): readonly string[] {
    return this.#lines.map((line) => (typeof line === 'string' ? line : stripAnsi(decodeUtf8(line, 0, line.length))));
  }
}
