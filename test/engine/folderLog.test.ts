import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test from 'node:test';
import type { Control } from '../../src/core/control.ts';
import type { InspectReport } from '../../src/core/report/inspectReport.ts';
import { createNodeEngine } from '../../src/engine/nodeEngine.ts';
import { event, simpleValue } from '../support/encodeEvents.ts';
import { joinBytes } from '../support/encodeProtobuf.ts';

const control: Control = { check() {}, progress() {} };

async function inspect(path: string): Promise<InspectReport> {
  const engine = createNodeEngine();
  const { report } = await engine.open(path, {}, control);
  await engine.close(path);
  return report;
}

async function inFolder(
  files: Readonly<Record<string, Uint8Array | string>>,
  check: (path: string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ceiling-lens-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    await check(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const losses = (from: number, to: number, tag = 'loss') =>
  joinBytes(
    ...Array.from({ length: to - from }, (_, i) =>
      event({ step: from + i, values: [simpleValue(tag, 1 / (1 + from + i))] }),
    ),
  );
const seriesOf = (report: InspectReport, run: number, name: string) =>
  report.runs[run]?.series.find((series) => series.name === name);

test('a run that goes on in a second event file is one run', async () => {
  await inFolder(
    { 'events.out.tfevents.100.a': losses(0, 10), 'events.out.tfevents.200.a': losses(10, 15) },
    async (folder) => {
      const report = await inspect(folder);
      assert.equal(report.format, 'tfevents');
      assert.equal(report.runs.length, 1);
      assert.deepEqual([seriesOf(report, 0, 'loss')?.n, seriesOf(report, 0, 'loss')?.last?.[0]], [15, 14]);
    },
  );
});

test('training and validation files of one run share its steps', async () => {
  await inFolder(
    { 'train/events.out.tfevents.1.a': losses(0, 8), 'validation/events.out.tfevents.2.a': losses(0, 8) },
    async (folder) => {
      const report = await inspect(folder);
      assert.equal(report.runs.length, 1);
      assert.equal(report.runs[0]?.x.count, 8);
      assert.equal(seriesOf(report, 0, 'train/loss')?.n, 8);
      assert.equal(seriesOf(report, 0, 'validation/loss')?.n, 8);
    },
  );
});

test('versions are runs, the newest last, and a link in a circle does no harm', async () => {
  const csv = (rows: number) =>
    ['epoch,step,val_loss', ...Array.from({ length: rows }, (_, i) => `${i},${10 * i + 9},${1 / (i + 1)}`), ''].join(
      '\n',
    );
  await inFolder(
    { 'lightning_logs/version_2/metrics.csv': csv(5), 'lightning_logs/version_10/metrics.csv': csv(7) },
    async (folder) => {
      symlinkSync(folder, join(folder, 'lightning_logs/again'));
      const report = await inspect(folder);
      assert.deepEqual(
        report.runs.map(({ name, series }) => [name, series.find((one) => one.name === 'val_loss')?.n]),
        [
          ['lightning_logs/version_2', 5],
          ['lightning_logs/version_10', 7],
        ],
      );
    },
  );
});

test('a folder is read on when one of its files grows, and again only then', async () => {
  await inFolder({ 'events.out.tfevents.100.a': losses(0, 10) }, async (folder) => {
    const engine = createNodeEngine();
    const first = await engine.open(folder, {}, control);
    assert.equal((await engine.open(folder, {}, control)).bytesRead, 0);
    writeFileSync(join(folder, 'events.out.tfevents.100.a'), losses(0, 12));
    const grown = await engine.open(folder, {}, control);
    assert.ok(grown.revision > first.revision);
    assert.equal(seriesOf(grown.report, 0, 'loss')?.n, 12);
    await engine.close(folder);
  });
});

test('a run of MLflow has the name that its user gave it', async () => {
  const id = '0123456789abcdef0123456789abcdef';
  const metric = [0, 1, 2, 3].map((step) => `170000000000${step} ${1 / (step + 1)} ${step}\n`).join('');
  await inFolder(
    {
      [`mlruns/1/${id}/metrics/loss`]: metric,
      [`mlruns/1/${id}/metrics/eval/acc`]: metric,
      [`mlruns/1/${id}/tags/mlflow.runName`]: 'brave-sun',
    },
    async (folder) => {
      const report = await inspect(folder);
      assert.deepEqual(
        report.runs.map(({ name, x }) => [name, x.count]),
        [['brave-sun', 4]],
      );
    },
  );
});

test('a folder without a log says so in a sentence', async () => {
  await inFolder({ 'config.yaml': 'lr: 1' }, async (folder) => {
    const report = await inspect(folder);
    assert.equal(report.format, 'unknown');
    assert.match(report.because, /none of the 1 files/);
  });
});

const shared = '../shared/logs';
/** Run folders as they were found, with what each must give: format and for one series name, count and last x. */
const found: readonly (readonly [
  folder: string,
  format: string,
  runs: number,
  series: string,
  n: number,
  lastX: number,
])[] = [
  ['wandb/cs336-resumed', 'wandb', 1, 'train/loss', 4384, 43_830],
  ['tfevents/tfod-facemask', 'tfevents', 1, 'Loss/total_loss', 15, 6000],
  ['dvclive/load-forecast', 'dvclive', 1, 'eval/loss', 23, 22],
  ['swanlab/adapter-round5', 'swanlab', 1, 'train/loss', 54, 270],
];
for (const [folder, format, runs, name, n, lastX] of found) {
  const path = join(shared, folder);
  test(`the run folder ${folder} opens as its runs`, {
    skip: existsSync(path) ? false : `${shared} is not here`,
  }, async () => {
    const report = await inspect(path);
    assert.equal(report.format, format);
    assert.equal(report.runs.length, runs);
    const series = seriesOf(report, runs - 1, name);
    assert.deepEqual([series?.n, series?.last?.[0]], [n, lastX]);
  });
}
