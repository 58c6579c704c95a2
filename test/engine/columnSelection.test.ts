import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { unwatched } from '../../src/core/control.ts';
import { formats } from '../../src/core/formats/formatTable.ts';
import type { PredictRequest } from '../../src/core/report/prediction.ts';
import type { RunChoices } from '../../src/core/runs/run.ts';
import { FileSource } from '../../src/engine/fileSource.ts';
import { createNodeEngine } from '../../src/engine/nodeEngine.ts';
import { OpenLog } from '../../src/engine/openLog.ts';
import { event, firstRecord, simpleValue } from '../support/encodeEvents.ts';
import { joinBytes } from '../support/encodeProtobuf.ts';

const count = 22_000;
const fade = (i: number): number => Math.exp(-i / 4000);
const others = (i: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: 8 }, (_, k) => [`layer_${k}/norm`, 0.5 + Math.sin(i + k) / 3]));

/** Training lines with an evaluation every tenth, over 4 MB, in which nothing else than the chosen series matters. */
const record = (i: number): Record<string, number | null> => {
  const step = { step: i, epoch: i / 100 };
  return i % 10 === 9
    ? { ...step, eval_loss: 1 + fade(i), 'eval/solver_uncertainty': 0.2 + 0.5 * fade(i) }
    : {
        ...step,
        ...others(i),
        learning_rate: 3e-4 * (1 - i / (2 * count)),
        external_data: i === 300 ? 5 : 0,
        loss: i === 500 ? null : 1.5 + fade(i),
        solver_uncertainty: 0.15 + 0.6 * fade(i),
        verifier_uncertainty: 0.1 + 0.25 * fade(i),
      };
};
const jsonLines = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, k) => `${JSON.stringify(record(from + k))}\n`).join('');

function table(): string {
  const names = [...new Set([...Object.keys(record(0)), ...Object.keys(record(9))])];
  const rows = Array.from({ length: count }, (_, i) => {
    const cells: Record<string, number | null> = record(i);
    return names.map((name) => cells[name] ?? '').join(',');
  });
  return `${names.join(',')}\n${rows.join('\n')}\n`;
}

function events(): Uint8Array {
  const values = (i: number): Uint8Array[] =>
    Object.entries(record(i)).flatMap(([tag, value]) =>
      tag === 'step' || value === null ? [] : [simpleValue(tag, value)],
    );
  return joinBytes(firstRecord, ...Array.from({ length: count }, (_, i) => event({ step: i, values: values(i) })));
}

function logOf(t: TestContext, name: string, content: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'ceiling-lens-selection-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const choices: RunChoices = { series: ['solver_uncertainty'] };
const request: PredictRequest = { choices, at: [30_000], until: null, level: 0.9, tolerance: 0.01 };
const columnsOf = (log: OpenLog): string[] =>
  (log.table?.columns ?? []).filter(({ values }) => values.length > 0).map(({ name }) => name);

for (const [name, content] of [
  ['run.jsonl', jsonLines(0, count)],
  ['run.csv', table()],
  ['events.out.tfevents.1.host', events()],
] as const) {
  test(`${name}: what is said of chosen series is the same whether all columns were read or only those it needs`, async (t) => {
    const path = logOf(t, name, content);
    const log = new OpenLog(new FileSource(path), formats);
    await log.refresh(unwatched, null, choices);
    t.after(() => log.close());
    assert.ok(!columnsOf(log).includes('layer_3/norm'), 'columns that nobody needs are passed over');
    const selective = createNodeEngine();
    const narrow = await selective.predict(path, request, unwatched);
    const whole = createNodeEngine();
    await whole.open(path, {}, unwatched);
    const wide = await whole.predict(path, request, unwatched);
    assert.deepEqual(narrow.report, wide.report);
    assert.deepEqual(narrow.drawings, wide.drawings);
    await Promise.all([selective.close(path), whole.close(path)]);
  });
}

/** Rows of 250 bytes: a step, a clock, a number and a text of a run beside the chosen series and what nobody needs. */
const timed = (i: number, step: number, seed: number): string =>
  [
    step,
    0.2 + 0.6 * Math.exp(-step / 4000),
    1.7e9 + i,
    seed,
    seed % 2 === 1 ? 'first' : 'second',
    ...Array.from({ length: 10 }, (_, k) => 0.5 + Math.sin(i + k) / 3),
  ].join(',');
const timedTable = (row: (i: number) => string): string =>
  `step,loss,wall_time,seed,variant,norm_std,${Array.from({ length: 9 }, (_, k) => `norm_${k}`).join(',')}\n${Array.from({ length: count }, (_, i) => `${row(i)}\n`).join('')}`;
const middle = count / 2;

for (const [what, row, isSelected] of [
  ['rises', (i: number) => timed(i, i, 1), true],
  ['falls back at a resume', (i: number) => timed(i, i < middle ? i : i - 500, 1), true],
  ['starts over for another run', (i: number) => timed(i, i < middle ? i : i - middle, i < middle ? 1 : 2), true],
  [
    'comes twice from some row on',
    (i: number) => timed(i, i < middle ? i : i - (i % 2), i < middle ? 1 : i % 2),
    false,
  ],
  ['is missing once', (i: number) => timed(i, i, 1).replace(/^15000,/, ','), false],
  ['falls again and again', (i: number) => timed(i, i < middle ? i : i - 2 * (i % 10), i % 3), false],
] as const) {
  test(`clocks, numbers and texts of runs are ${isSelected ? 'not ' : ''}read where x ${what}`, async (t) => {
    const path = logOf(t, 'metrics.csv', timedTable(row));
    const asked: PredictRequest = { ...request, choices: { series: ['loss'] } };
    const log = new OpenLog(new FileSource(path), formats);
    await log.refresh(unwatched, null, asked.choices);
    t.after(() => log.close());
    assert.deepEqual(
      columnsOf(log).slice(0, isSelected ? undefined : 4),
      isSelected ? ['step', 'loss'] : ['step', 'loss', 'wall_time', 'seed'],
    );
    const texts = log.table?.columns.flatMap(({ name, textRows }) => (textRows.length > 0 ? [name] : []));
    assert.deepEqual(texts, isSelected ? [] : ['variant']);
    const [selective, whole] = [createNodeEngine(), createNodeEngine()];
    const narrow = await selective.predict(path, asked, unwatched);
    await whole.open(path, {}, unwatched);
    const wide = await whole.predict(path, asked, unwatched);
    assert.deepEqual(narrow.report, wide.report);
    assert.deepEqual(narrow.drawings, wide.drawings);
    await Promise.all([selective.close(path), whole.close(path)]);
  });
}

test('after a forecast of chosen series the log can be opened with all of its series', async (t) => {
  const path = logOf(t, 'run.jsonl', jsonLines(0, count));
  const engine = createNodeEngine();
  await engine.predict(path, request, unwatched);
  const { report } = await engine.open(path, {}, unwatched);
  const norm = report.runs[0]?.series.find((series) => series.name === 'layer_3/norm');
  assert.equal(norm?.n, 0.9 * count);
  await engine.close(path);
});

test('a log that goes on otherwise than it began is read as a whole', async (t) => {
  const surprises = [
    '{"step": 22000, "seed": 3, "solver_uncertainty": 0.2}\n',
    '{"step": 22000, "layer_0/norm": 0.5}\n',
  ];
  for (const surprise of surprises) {
    const path = logOf(t, 'run.jsonl', jsonLines(0, count));
    const log = new OpenLog(new FileSource(path), formats);
    await log.refresh(unwatched, null, choices);
    assert.ok(!columnsOf(log).includes('layer_3/norm'));
    appendFileSync(path, jsonLines(count, count + 1));
    assert.ok(
      (await log.refresh(unwatched, null, choices)).bytesRead < 1000,
      'as before: only what was appended is read',
    );
    appendFileSync(path, surprise);
    await log.refresh(unwatched, null, choices);
    assert.ok(columnsOf(log).includes('layer_3/norm'), surprise);
    assert.equal(log.table?.rowCount, count + 2);
    await log.close();
  }
});
