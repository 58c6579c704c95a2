import { decodeUtf8 } from './bytes/utf8.ts';
import { type RowCells, RowScanner } from './delimited/rowScanner.ts';
import type { Parser, RowSink, TextFormat } from './format.ts';

/** Columns of an episode: its length, when it ended in seconds since the start, and the steps of all until then. */
export const monitorNames = { length: 'l', time: 't', steps: 'timesteps' } as const;

/** A Monitor file of Stable-Baselines3: a row an episode with its return `r`, length `l` and time `t`; steps are the running sum of `l`. */
export const sb3Monitor: TextFormat = {
  id: 'sb3-monitor',
  title: 'Stable-Baselines3 monitor.csv',
  kind: 'text',
  mostConfidence: 0.99,
  sniff({ head }) {
    return /^\ufeff?#\s*\{\s*"t_start"/.test(head)
      ? { confidence: 0.99, because: 'its first line is the header of a Monitor: the start time and the environment' }
      : null;
  },
  open: (sink) => new MonitorParser(sink),
};

class MonitorParser implements Parser {
  readonly #sink: RowSink;
  readonly #scanner: RowScanner;
  #columns: readonly number[] = [];
  #lengthAt = -1;
  #steps = 0;
  #stepColumn = -1;
  #startedAt: number | undefined;

  constructor(sink: RowSink) {
    this.#sink = sink;
    this.#scanner = new RowScanner(',', (row) => this.#take(row));
  }

  feed(bytes: Uint8Array): void {
    this.#scanner.feed(bytes);
  }

  finish(): void {
    if (this.#scanner.isBetweenRows || this.#columns.length === 0 || this.#scanner.count + 1 < this.#columns.length)
      return;
    const steps = this.#steps;
    this.#scanner.offerRest();
    this.#steps = steps;
  }

  #take(row: RowCells): void {
    const cell = (i: number): string => decodeUtf8(row.bytes, row.start(i), row.end(i));
    if (cell(0).startsWith('#')) {
      const startedAt = /"t_start":\s*([\d.e+]+)/.exec(decodeUtf8(row.bytes, row.start(0), row.end(row.count - 1)));
      this.#startedAt = startedAt === null ? undefined : Number(startedAt[1]);
      return;
    }
    if (cell(0) === 'r') {
      // Files of several environments, one behind the other, are runs of their own.
      this.#sink.startRun(null, this.#startedAt);
      this.#steps = 0;
      const names = Array.from({ length: row.count }, (_, i) => cell(i));
      this.#columns = names.map((name) => this.#sink.column(name));
      this.#lengthAt = names.indexOf(monitorNames.length);
      this.#stepColumn = this.#sink.column(monitorNames.steps);
      this.#sink.describe(this.#stepColumn, { axis: 1, why: 'the running sum of the episode lengths' });
      const [returns] = this.#columns;
      if (returns !== undefined)
        this.#sink.describe(returns, {
          direction: 'higher',
          role: 'solver',
          why: 'the return of an episode: higher is better',
        });
      for (const [i, name] of names.entries()) {
        if (name === monitorNames.length || name === monitorNames.time)
          this.#sink.describe(this.#columns[i] ?? -1, {
            direction: 'none',
            why: name === monitorNames.length ? 'the length of an episode' : 'seconds since the start',
          });
      }
      return;
    }
    const values = this.#columns.map((_, i) => (i < row.count && row.isNumber(i) ? row.numberAt(i) : undefined));
    if (values[0] === undefined) return;
    this.#steps += values[this.#lengthAt] ?? 0;
    this.#sink.beginRow(row.line);
    values.forEach((value, i) => {
      if (value !== undefined) this.#sink.number(this.#columns[i] ?? -1, value);
    });
    this.#sink.number(this.#stepColumn, this.#steps);
    this.#sink.endRow();
  }
}
