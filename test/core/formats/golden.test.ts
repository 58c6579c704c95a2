import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { unwatched } from '../../../src/core/control.ts';
import { createNodeEngine } from '../../../src/engine/nodeEngine.ts';

interface Golden {
  readonly file: string;
  readonly format: string;
  readonly series: string;
  readonly x: string;
  readonly n: number;
  readonly first: readonly [number, number];
  readonly last: readonly [number, number];
}

// Counted apart from the product: Python's json and csv modules for files of records, plain patterns for consoles. Per
// series the rows with a finite value, the later of a repeated x.
const goldens: readonly Golden[] = ['structured', 'console'].flatMap((part) =>
  JSON.parse(readFileSync(new URL(`./golden/${part}.json`, import.meta.url), 'utf8')),
);
const logs = '../shared/logs';

for (const golden of goldens) {
  const path = join(logs, golden.file);
  test(`${golden.file}: ${golden.series}`, {
    skip: existsSync(path) ? false : 'the collection of real logs is not there',
  }, async () => {
    const engine = createNodeEngine();
    const { report } = await engine.open(path, {}, unwatched);
    const found = report.runs.at(-1)?.series.find(({ name }) => name === golden.series);
    assert.deepEqual(
      { format: report.format, x: found?.x, n: found?.n, first: found?.first, last: found?.last },
      { format: golden.format, x: golden.x, n: golden.n, first: golden.first, last: golden.last },
    );
  });
}
