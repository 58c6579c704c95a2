import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Uri } from 'vscode';
import type { Api } from '../../src/extension/api.ts';
import { writeLog } from './support.ts';

const kinds = ['run.csv', 'metrics.jsonl', 'train.log'];
/** Enough to be recognised by. */
const firstRows = 12;
const patienceMs = 90_000;
const pollMs = 100;

/** Logs that another process writes to, each followed and forecast as by a panel that is seen. */
export class GrowingLogs {
  readonly #lens: Api;
  readonly #logs: readonly Uri[];
  readonly #followed: readonly { dispose(): void }[];
  #rows = firstRows;

  private constructor(lens: Api, logs: readonly Uri[]) {
    this.#lens = lens;
    this.#logs = logs;
    this.#followed = logs.map((log) => lens.follow(log));
  }

  static async start(lens: Api, count: number): Promise<GrowingLogs> {
    const logs = Array.from({ length: count }, (_, i) => writeLog(kinds[i % kinds.length] ?? '', ''));
    await write(0, firstRows, 0, logs);
    const growing = new GrowingLogs(lens, logs);
    await growing.allAccountedFor();
    return growing;
  }

  /** Resolves once the other process has written the last row. */
  async grow(rows: number, rowsASecond: number): Promise<void> {
    await write(this.#rows, rows, rowsASecond, this.#logs);
    this.#rows += rows;
  }

  /** Resolves once every row that was written is in its series and in its forecast. */
  async allAccountedFor(): Promise<void> {
    for (const end = Date.now() + patienceMs; ; await new Promise((resolve) => setTimeout(resolve, pollMs))) {
      const missing = this.#logs.filter((log) => !this.#isAccountedFor(log));
      if (missing.length === 0) return;
      if (Date.now() > end) assert.fail(`Rows are missing:\n${missing.map((log) => this.#wordsFor(log)).join('\n')}`);
    }
  }

  dispose(): void {
    for (const one of this.#followed) one.dispose();
  }

  #isAccountedFor(log: Uri): boolean {
    const record = this.#lens.record(log);
    const [run, ...others] = record?.inspect?.runs ?? [];
    const last = this.#rows - 1;
    return (
      record?.status === 'forecast' &&
      record.prediction?.report.x.count === this.#rows &&
      others.length === 0 &&
      record.inspect?.problems.length === 0 &&
      run?.series.some((one) => one.n === this.#rows && one.first?.[0] === 0 && one.last?.[0] === last) === true
    );
  }

  #wordsFor(log: Uri): string {
    const record = this.#lens.record(log);
    const series = record?.inspect?.runs.flatMap((run) => run.series.map(({ name, n, last }) => ({ name, n, last })));
    const { status, failure, prediction, inspect } = record ?? {};
    return `${log.fsPath}: ${JSON.stringify({ wanted: this.#rows, status, failure, series, forecast: prediction?.report.x.count, problems: inspect?.problems })}`;
  }
}

async function write(from: number, rows: number, rowsASecond: number, logs: readonly Uri[]): Promise<void> {
  const paths = logs.map(({ fsPath }) => fsPath);
  const writer = join(__dirname, '../../test/soak/writer.mjs');
  const child = spawn(process.execPath, [writer, ...[from, rows, rowsASecond].map(String), ...paths], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // A desktop VS Code is no Node unless it is told to be.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  let trouble = '';
  child.stderr.on('data', (data) => {
    trouble += String(data);
  });
  const [code]: unknown[] = await once(child, 'exit');
  assert.equal(code, 0, trouble);
}

/** Errors and warnings in the extension's log, by now. Some line must be there: the worker's start is one. */
export function loggedTroubles(lens: Api): string[] {
  const file = Uri.joinPath(lens.logUri, 'Ceiling Lens.log').fsPath;
  assert.ok(existsSync(file), `The extension has no log at ${file}.`);
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => /\[(error|warning)\]/i.test(line));
}
