import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { unwatched } from '../../../src/core/control.ts';
import { createNodeEngine } from '../../../src/engine/nodeEngine.ts';

interface Golden {
  readonly file: string;
  readonly format: string;
  /** How many runs the log holds. */
  readonly runs?: number;
  /** Which of them the series is of, from 0; the newest where it is not said. */
  readonly run?: number;
  readonly problems?: readonly string[];
  readonly series?: string;
  readonly role?: string;
  readonly x?: string;
  readonly n?: number;
  readonly first?: readonly [number, number] | null;
  readonly last?: readonly [number, number] | null;
}

// Counted apart from the product: Python's json and csv modules for files of records, plain patterns for consoles. Per
// series the rows with a finite value, the later of a repeated x. Where batches are counted inside of epochs, x is the
// epoch with the share of its batches that are done, of which the log shows how many there are.
const goldens: readonly Golden[] = ['structured', 'console'].flatMap((part) =>
  JSON.parse(readFileSync(new URL(`./golden/${part}.json`, import.meta.url), 'utf8')),
);
const logs = '../shared/logs';
const reports = new Map<string, ReturnType<typeof inspect>>();

for (const golden of goldens) {
  const path = join(logs, golden.file);
  const { file, runs, run, problems, series, role, ...figures } = golden;
  const of = run === undefined ? '' : ` of run ${run + 1}`;
  test(`${file}: ${series ?? figures.format}${of}`, {
    skip: existsSync(path) ? false : 'the collection of real logs is not there',
  }, async () => {
    const report = await (reports.get(path) ?? inspect(path));
    assert.equal(report.format, figures.format);
    if (runs !== undefined) assert.equal(report.runs.length, runs);
    if (problems !== undefined) {
      assert.deepEqual(
        report.problems.map(({ code }) => code),
        problems,
      );
    }
    if (series === undefined) return;
    const found = report.runs.at(run ?? -1)?.series.find(({ name }) => name === series);
    assert.deepEqual(
      { format: report.format, x: found?.x, n: found?.n, first: found?.first, last: found?.last },
      figures,
    );
    if (role !== undefined) assert.equal(found?.role, role);
  });
}

/** Opens a log once, however many of its series are asked for. */
function inspect(path: string) {
  const report = createNodeEngine()
    .open(path, {}, unwatched)
    .then((opened) => opened.report);
  reports.set(path, report);
  return report;
}
