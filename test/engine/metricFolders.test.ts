import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import test from 'node:test';
import { root } from '../../scripts/support/paths.mjs';
import { unwatched } from '../../src/core/control.ts';
import { createNodeEngine } from '../../src/engine/nodeEngine.ts';

/**
 * Every folder of metrics of DVCLive and MLflow in the collection, its files counted here by splitting lines: a value that was
 * written again for a step stands for that step, and where the step never moves (one logger wrote 50 values at step 0) the
 * lines are counted.
 */
const logs = join(root, '../shared/logs');
const skip = existsSync(logs) ? false : '../shared/logs is not there';

interface Told {
  readonly n: number;
  readonly first: readonly [x: number, y: number];
  readonly last: readonly [x: number, y: number];
}

function told(points: readonly (readonly [x: number, y: number])[]): Told | null {
  const isStanding = points.length > 1 && points.every(([x]) => x === points[0]?.[0]);
  const placed = isStanding ? points.map(([, y], i) => [i + 1, y] as const) : points;
  const byX = new Map(placed.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y)));
  const sorted = Array.from(byX).sort(([a], [b]) => a - b);
  const [first, last] = [sorted[0], sorted.at(-1)];
  return first === undefined || last === undefined ? null : { n: sorted.length, first, last };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

const linesOf = (path: string): string[] =>
  readFileSync(path, 'utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '');

/** Folders with a folder of metrics in them, as `depth` below it says, and what their files hold by the name of the metric. */
function runsBelow(kind: string, inside: string, pointsOf: (path: string) => (readonly [number, number])[]) {
  const runs = new Map<string, Map<string, Told>>();
  for (const path of skip === false ? filesBelow(join(logs, kind)) : []) {
    const at = path.indexOf(`${sep}${inside}${sep}`);
    if (at < 0) continue;
    const folder = path.slice(0, at);
    const name = relative(join(folder, inside), path)
      .split(sep)
      .join('/')
      .replace(/\.tsv$/, '');
    const known = told(pointsOf(path));
    if (known === null) continue;
    const run = runs.get(folder) ?? new Map<string, Told>();
    runs.set(folder, run.set(name, known));
  }
  return runs;
}

const folders = new Map([
  ...runsBelow('dvclive', 'plots/metrics'.split('/').join(sep), (path) =>
    linesOf(path)
      .slice(1)
      .map((line) => line.split('\t'))
      .map((cells) => [Number(cells.at(-2)), Number(cells.at(-1))] as const),
  ),
  ...runsBelow('mlflow', 'metrics', (path) =>
    linesOf(path)
      .map((line) => line.split(' '))
      .map(([, value, step]) => [Number(step), Number(value)] as const),
  ),
]);

test('there are folders of metrics to hold against', { skip }, () => {
  assert.ok(folders.size >= 7, `${folders.size} folders`);
});

for (const [folder, expected] of folders) {
  test(`${relative(logs, folder)}: each metric has its points`, async () => {
    const engine = createNodeEngine();
    const { report } = await engine.open(folder, {}, unwatched);
    await engine.close(folder);
    assert.equal(report.runs.length, 1);
    const series = new Map(report.runs[0]?.series.map(({ name, n, first, last }) => [name, { n, first, last }]));
    for (const [name, { n, first, last }] of expected) {
      const own = series.get(name);
      assert.deepEqual([own?.n, own?.first, own?.last], [n, first, last], `${name} in ${dirname(folder)}`);
    }
  });
}
