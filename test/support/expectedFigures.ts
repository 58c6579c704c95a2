import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import * as v from 'valibot';
import type { ReadColumn } from './readTable.ts';

const logs = '../shared/logs';
const figuresFile = join(logs, 'EXPECTED-binary.json');

const value = v.union([v.number(), v.string()]);
const point = v.tuple([v.number(), value]);
const figuresSchema = v.record(
  v.string(),
  v.object({ tags: v.optional(v.record(v.string(), v.object({ n: v.number(), first: point, last: point }))) }),
);

/** Non-finite values stand there as words. */
const written = (at: readonly [number, number] | undefined): unknown =>
  at?.map((number) => (Number.isFinite(number) ? number : String(number)));

/** One test for each file whose figures were decoded by other means. */
export function checkExpectedFigures(
  prefix: string,
  read: (bytes: Uint8Array, path: string) => readonly ReadColumn[],
  isWanted: (tag: string) => boolean = () => true,
): void {
  if (!existsSync(figuresFile)) {
    test(`files below ${prefix} give the figures decoded independently`, {
      skip: '../shared/logs is not here',
    }, () => {});
    return;
  }
  const figures = v.parse(figuresSchema, JSON.parse(readFileSync(figuresFile, 'utf8')));
  for (const [path, { tags = {} }] of Object.entries(figures)) {
    if (!path.startsWith(prefix)) continue;
    test(`${path} gives the figures decoded independently`, () => {
      const columns = new Map(read(readFileSync(join(logs, path)), path).map((column) => [column.name, column]));
      for (const [tag, { n, first, last }] of Object.entries(tags)) {
        if (!isWanted(tag)) continue;
        const points = columns.get(tag)?.points;
        assert.deepEqual([points?.length, written(points?.[0]), written(points?.at(-1))], [n, first, last], tag);
      }
      const unexpected = [...columns.values()].filter(({ name, isAxis }) => !isAxis && !Object.hasOwn(tags, name));
      assert.deepEqual(unexpected, []);
    });
  }
}
