import { ByteQueue } from './binary/byteQueue.ts';
import type { SqliteTable, SqliteValue } from './binary/sqliteFile.ts';
import { isSqlite, SqliteFile } from './binary/sqliteFile.ts';
import type { BinaryFormat, Parser, RowSink } from './format.ts';

/** A larger database would not leave room for anything else. */
const mostBytes = 1024 * 1024 * 1024;

interface Metric {
  readonly at: number;
  readonly key: string;
  readonly value: number;
  readonly step: number;
  readonly timestamp: number;
}

interface StoredRun {
  readonly name: string;
  readonly start: number;
}

/** A row as a function from a column's name to its value. */
type Cells = (name: string) => SqliteValue;

class MlflowStore implements Parser {
  readonly #sink: RowSink;
  readonly #queue = new ByteQueue();
  #isTooLarge = false;

  constructor(sink: RowSink) {
    this.#sink = sink;
  }

  feed(bytes: Uint8Array): void {
    if (this.#isTooLarge || this.#queue.length + bytes.length > mostBytes) {
      this.#isTooLarge = true;
      this.#queue.take(this.#queue.length);
      return;
    }
    this.#queue.push(bytes);
  }

  /** A database is read as a whole: pages anywhere in it change while a run goes on. */
  finish(): void {
    if (this.#isTooLarge) {
      this.#sink.problem({
        code: 'too-large',
        message: 'The database is larger than 1 GB and was not read. Export the run that matters, for example to CSV.',
        byte: 0,
      });
      return;
    }
    const file = new SqliteFile(this.#queue.view());
    const tables = file.tables();
    const metrics = readMetrics(file, tables.get('metrics'));
    const runs = readRuns(file, tables.get('runs'));
    const startOf = (run: string): number => runs.get(run)?.start ?? 0;
    // The newest run stands last, and those that only hold single values (evaluations) stand before those with curves.
    const ordered = [...metrics].sort(
      ([a, ofA], [b, ofB]) => Number(hasCurve(ofA)) - Number(hasCurve(ofB)) || startOf(a) - startOf(b),
    );
    for (const [run, ofRun] of ordered) {
      this.#sink.startRun(runs.get(run)?.name ?? run);
      this.#putRows(ofRun);
    }
    if (file.brokenPages > 0) {
      this.#sink.problem({
        code: 'torn-record',
        message: `${file.brokenPages} pages of the database are damaged or missing; what they hold was left out. If the file was copied while it was written, copy it again.`,
        byte: 0,
      });
    }
  }

  /** Metrics logged together share a row: one step, one cell a key. */
  #putRows(metrics: readonly Metric[]): void {
    const sink = this.#sink;
    const step = sink.column('step');
    const time = sink.column('timestamp');
    sink.describe(step, { axis: 0, why: 'the step that MLflow stores with each value' });
    sink.describe(time, { axis: 9, why: 'the time that MLflow stores with each value, in seconds' });
    let last: Metric | null = null;
    let inRow = new Set<string>();
    for (const metric of metrics.toSorted((a, b) => a.step - b.step || a.timestamp - b.timestamp)) {
      if (last === null || metric.step !== last.step || inRow.has(metric.key)) {
        if (last !== null) sink.endRow();
        sink.beginRow(metric.at);
        sink.number(step, metric.step);
        sink.number(time, metric.timestamp / 1000);
        inRow = new Set();
      }
      inRow.add(metric.key);
      const isOurs = metric.key === 'step' || metric.key === 'timestamp';
      sink.number(sink.column(isOurs ? `${metric.key} (metric)` : metric.key), metric.value);
      last = metric;
    }
    if (last !== null) sink.endRow();
  }
}

const hasCurve = ([first, ...others]: readonly Metric[]): boolean => others.some(({ step }) => step !== first?.step);

function readMetrics(file: SqliteFile, table: SqliteTable | undefined): ReadonlyMap<string, Metric[]> {
  const byRun = new Map<string, Metric[]>();
  visitRows(file, table, (cells, at) => {
    const [run, key, value] = [cells('run_uuid'), cells('key'), cells('value')];
    if (typeof run !== 'string' || typeof key !== 'string') return;
    const metric: Metric = {
      at,
      key,
      value: typeof value !== 'number' || cells('is_nan') === 1 ? Number.NaN : value,
      step: Number(cells('step') ?? 0),
      timestamp: Number(cells('timestamp') ?? 0),
    };
    const list = byRun.get(run);
    if (list === undefined) byRun.set(run, [metric]);
    else list.push(metric);
  });
  return byRun;
}

function readRuns(file: SqliteFile, table: SqliteTable | undefined): ReadonlyMap<string, StoredRun> {
  const runs = new Map<string, StoredRun>();
  visitRows(file, table, (cells) => {
    const [id, name] = [cells('run_uuid'), cells('name')];
    if (typeof id !== 'string') return;
    runs.set(id, {
      name: typeof name === 'string' && name !== '' ? name : id,
      start: Number(cells('start_time') ?? 0),
    });
  });
  return runs;
}

function visitRows(file: SqliteFile, table: SqliteTable | undefined, visit: (cells: Cells, at: number) => void): void {
  if (table === undefined) return;
  const indices = new Map(table.columns.map((name, i) => [name, i]));
  file.rows(table, (values, at) => visit((name) => values[indices.get(name) ?? -1] ?? null, at));
}

/** MLflow's tracking store in one SQLite file (`mlflow.db`, `mlruns.db`). */
export const mlflowSqlite: BinaryFormat = {
  kind: 'binary',
  id: 'mlflow-sqlite',
  title: 'MLflow database',
  mostConfidence: 0.99,
  sniff({ bytes, head }) {
    if (!isSqlite(bytes)) return null;
    const tables = new SqliteFile(bytes).tables();
    // The list of tables may lie on pages behind the sample.
    const isOurs = ['metrics', 'runs', 'latest_metrics'].every((name) => tables.has(name) || head.includes(name));
    return isOurs
      ? { confidence: 0.99, because: 'it is an SQLite database with the tables of an MLflow tracking store' }
      : null;
  },
  open: (sink) => new MlflowStore(sink),
};
