import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { Cancelled, type Control, unwatched } from '../../src/core/control.ts';
import { createNodeEngine } from '../../src/engine/nodeEngine.ts';
import { inFolder } from '../support/inFolder.ts';

const rows = 60_000;
const step = (row: number): number => (row < rows / 2 ? row : row - rows / 4);
const log = `step,loss,accuracy\n${Array.from({ length: rows }, (_, i) => `${step(i)},${1 / (1 + step(i))},0.5\n`).join('')}`;

test('a log that is read can be let go of while its rows are sorted into runs, and opens as any later', () =>
  inFolder({ 'run.csv': log }, async (folder) => {
    const path = join(folder, 'run.csv');
    const engine = createNodeEngine();
    let isSorting = false;
    const letGo: Control = {
      check() {
        if (isSorting) throw new Cancelled();
      },
      progress(_, note) {
        isSorting ||= note === 'sorting 60,000 rows into runs';
      },
    };
    await assert.rejects(engine.open(path, {}, letGo), Cancelled);
    const { report, bytesRead } = await engine.open(path, {}, unwatched);
    assert.equal(bytesRead, 0);
    const fresh = createNodeEngine();
    assert.deepEqual(report, (await fresh.open(path, {}, unwatched)).report);
    await engine.close(path);
    await fresh.close(path);
  }));
