import type { RowSink, TextFormat } from './format.ts';
import { numbersOf } from './json/numbersOf.ts';
import { decodedText, type TextParser } from './text/decodedText.ts';

/** A value as SwanLab writes it: `{"index": 10, "data": 1.62, "create_time": "…"}`, one a line or many in one document. */
const value = /\{"index": ?"?(-?\d+)"?, ?"data": ?([^,{}[\]]{1,64}), ?"create_time": ?"[^"]{0,64}"\}/g;
/** Longer than any value: what is kept while its end is not there. */
const longestValue = 256;

/** The values of one metric; its name is that of the folder. */
class SwanlabLog implements TextParser {
  readonly #sink: RowSink;
  readonly #index: number;
  readonly #column: number;
  #line = 1;
  #rest = '';

  constructor(sink: RowSink, name: string) {
    this.#sink = sink;
    this.#index = sink.column('index');
    this.#column = sink.column(name);
    sink.describe(this.#index, { axis: 0, why: 'the step of each SwanLab value' });
  }

  feed(text: string): void {
    const whole = this.#rest + text;
    let end = 0;
    for (const match of whole.matchAll(value)) {
      this.#countLines(whole, end, match.index);
      end = match.index + match[0].length;
      this.#countLines(whole, match.index, end);
      const numbers: [name: string, value: number][] = [];
      numbersOf((match[2] ?? '').trim(), '', numbers);
      const [, y] = numbers[0] ?? [];
      if (y === undefined) continue;
      this.#sink.beginRow(this.#line);
      this.#sink.number(this.#index, Number(match[1]));
      this.#sink.number(this.#column, y);
      this.#sink.endRow();
    }
    const kept = Math.max(end, whole.length - longestValue);
    this.#countLines(whole, end, kept);
    this.#rest = whole.slice(kept);
  }

  /** A value is whole when its bracket is closed, so the unfinished end holds none. */
  finish(): void {}

  #countLines(text: string, from: number, to: number): void {
    for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) this.#line += 1;
  }
}

function decodedName(folder: string): string {
  try {
    return decodeURIComponent(folder);
  } catch (error) {
    if (error instanceof URIError) return folder;
    throw error;
  }
}

/** One metric of a SwanLab run, `logs/<metric>/1000.log`, in older runs `1000.json`. */
export const swanlabLog: TextFormat = {
  kind: 'text',
  id: 'swanlab',
  title: 'SwanLab metric',
  mostConfidence: 0.97,
  sniff({ head, fileName, folders }) {
    const begins = /^\s*\{"(?:index|create_time)": ?"?[^"]*"?, ?"(?:data|update_time|create_time)": ?/.test(head);
    if (!begins || head.search(value) === -1) return null;
    const isInPlace = folders.includes('logs') && /^\d+\.(log|json)$/.test(fileName);
    return {
      confidence: isInPlace ? 0.97 : 0.9,
      because: 'its records are those of a SwanLab metric (index, data, create_time)',
    };
  },
  open: (sink, { folders }) => decodedText(new SwanlabLog(sink, decodedName(folders.at(-1) ?? 'value'))),
};
