import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { unwatched } from '../../../src/core/control.ts';
import { createNodeEngine } from '../../../src/engine/nodeEngine.ts';

interface GoldenFile {
  readonly file: string;
  readonly format: string;
  readonly runs: number;
  /** Codes of the problems of a log. */
  readonly problems?: readonly string[];
  /** Part of the reason why a file is no log. */
  readonly says?: string;
  readonly series: readonly {
    readonly name: string;
    readonly role: string;
    readonly x: string;
    readonly n: number;
    readonly first: readonly [number, number];
    readonly last: readonly [number, number];
  }[];
}

// Printed by golden/countFiles.py, which says of each file by hand what it is and counts with Python's json and csv alone.
const files: readonly GoldenFile[] = JSON.parse(readFileSync(new URL('./golden/files.json', import.meta.url), 'utf8'));

const logs = '../shared/logs';

for (const { file, format, runs, problems, says, series } of files) {
  const path = join(logs, file);
  test(`${file}: ${says === undefined ? `${format} with its main series` : `no log, but ${says}`}`, {
    skip: existsSync(path) ? false : 'the collection of real logs is not there',
  }, async () => {
    const { report } = await createNodeEngine().open(path, {}, unwatched);
    assert.deepEqual([report.format, report.runs.length], [format, runs]);
    if (says !== undefined) assert.match(report.because, new RegExp(says));
    else assert.deepEqual(report.problems.map(({ code }) => code).sort(), problems);
    const newest = report.runs.at(-1);
    assert.deepEqual(
      series.map(({ name }) => {
        const found = newest?.series.find((one) => one.name === name);
        return { name, role: found?.role, x: found?.x, n: found?.n, first: found?.first, last: found?.last };
      }),
      series,
    );
  });
}
