import assert from 'node:assert/strict';
import { appendFileSync, existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import type { Control } from '../../src/core/control.ts';
import type { InspectReport } from '../../src/core/report/inspectReport.ts';
import { createNodeEngine } from '../../src/engine/nodeEngine.ts';
import { event, simpleValue } from '../support/encodeEvents.ts';
import { joinBytes } from '../support/encodeProtobuf.ts';
import { inFolder } from '../support/inFolder.ts';

const control: Control = { check() {}, progress() {} };

async function inspect(path: string): Promise<InspectReport> {
  const engine = createNodeEngine();
  const { report } = await engine.open(path, {}, control);
  await engine.close(path);
  return report;
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

test('a file that grew costs only what was appended to it, whatever lies beside it', async () => {
  const rows = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => `${from + i},${10 * (from + i)},${1 / (from + i + 1)}\n`).join('');
  const metrics = (version: number) => `lightning_logs/version_${version}/metrics.csv`;
  await inFolder(
    { [metrics(0)]: `epoch,step,loss\n${rows(0, 50)}`, [metrics(1)]: `epoch,step,loss\n${rows(0, 50)}` },
    async (folder) => {
      const engine = createNodeEngine();
      await engine.open(folder, {}, control);
      const more = rows(50, 60);
      appendFileSync(join(folder, metrics(1)), more);
      const grown = await engine.open(folder, {}, control);
      assert.equal(grown.bytesRead, more.length);
      assert.equal(seriesOf(grown.report, 1, 'loss')?.n, 60);
      await engine.close(folder);
    },
  );
});

test('of more runs than are read the newest are taken, and it is said', async () => {
  const csv = 'epoch,step,loss\n0,1,3\n1,2,2\n2,3,1\n';
  const files = Object.fromEntries(
    Array.from({ length: 103 }, (_, i) => [`lightning_logs/version_${i}/metrics.csv`, csv]),
  );
  await inFolder(files, async (folder) => {
    const { runs, problems } = await inspect(folder);
    assert.deepEqual([runs.length, runs[0]?.name], [100, 'lightning_logs/version_3']);
    assert.match(problems[0]?.message ?? '', /holds 103 runs; the newest 100 were read/);
  });
});

test('a file that cannot be read is left out with a sentence, and the others are read', async () => {
  const csv = 'epoch,step,loss\n0,1,3\n1,2,2\n2,3,1\n';
  const xz = Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 0);
  await inFolder(
    { 'lightning_logs/version_0/metrics.csv': csv, 'lightning_logs/version_1/metrics.csv': xz },
    async (folder) => {
      const { runs, problems } = await inspect(folder);
      assert.deepEqual(
        runs.map(({ name }) => name),
        ['lightning_logs/version_0'],
      );
      assert.match(problems[0]?.message ?? '', /version_1\/metrics.csv was left out: .* compressed with xz/);
    },
  );
});

test('Monitor files of parallel environments are one run, their episodes in the order in which they ended', async () => {
  const header = (startedAt: number) => `#{"t_start": ${startedAt}, "env_id": "CartPole-v1"}\nr,l,t\n`;
  await inFolder(
    {
      '0.monitor.csv': `${header(1000)}1,10,1.5\n3,30,9\n`,
      '1.monitor.csv': `${header(1002)}2,20,0.5\n4,40,8\n`,
    },
    async (folder) => {
      const { format, runs } = await inspect(folder);
      assert.equal(format, 'sb3-monitor');
      assert.equal(runs.length, 1);
      const [returns, , time] = runs[0]?.series ?? [];
      assert.deepEqual(
        [returns?.x, returns?.n, returns?.first, returns?.last, time?.last],
        ['timesteps', 4, [10, 1], [100, 4], [100, 10]],
      );
    },
  );
});

test('the folder of one run opens like the folder above it', async () => {
  const id = '0123456789abcdef0123456789abcdef';
  const metric = [0, 1, 2, 3].map((step) => `170000000000${step} ${1 / (step + 1)} ${step}\n`).join('');
  const tsv = 'step\tloss\n0\t3\n1\t2\n2\t1\n';
  await inFolder(
    {
      [`mlruns/1/${id}/metrics/loss`]: metric,
      [`mlruns/1/${id}/metrics/eval/acc`]: metric,
      [`mlruns/1/${id}/tags/mlflow.runName`]: 'brave-sun',
      'dvclive/plots/metrics/train/loss.tsv': tsv,
      'dvclive/plots/metrics/eval/loss.tsv': tsv,
    },
    async (folder) => {
      for (const [path, name, series] of [
        [`mlruns/1/${id}`, 'brave-sun', 2],
        [`mlruns/1/${id}/metrics`, 'metrics', 2],
        [`mlruns/1/${id}/metrics/eval`, 'eval', 1],
        ['dvclive/plots', 'plots', 2],
        ['dvclive/plots/metrics/train', 'train', 1],
      ] as const) {
        const { runs } = await inspect(join(folder, path));
        assert.deepEqual(
          runs.map((run) => [run.name, run.series.filter(({ name: one }) => /loss|acc/.test(one)).length]),
          [[name, series]],
          path,
        );
      }
    },
  );
});

test('a history that was renamed is found where no file has the name of a log', async () => {
  const state = JSON.stringify({ log_history: [1, 2, 3].map((step) => ({ step, loss: 1 / step })) });
  await inFolder(
    { 'training_logs.json': state, 'config.json': '{"hidden_size": 9,\n "layers": 2}' },
    async (folder) => {
      const { format, runs } = await inspect(folder);
      assert.equal(format, 'hf-trainer-state');
      assert.equal(runs[0]?.series[0]?.n, 3);
    },
  );
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

test('metrics of MLflow that were logged without a step are put together by their order', async () => {
  const id = '0123456789abcdef0123456789abcdef';
  const metric = (from: number) => [0, 1, 2, 3].map((i) => `17000000000${from + i} ${1 / (i + 1)} 0\n`).join('');
  await inFolder(
    { [`mlruns/1/${id}/metrics/loss`]: metric(10), [`mlruns/1/${id}/metrics/acc`]: metric(20) },
    async (folder) => {
      const { runs, problems } = await inspect(folder);
      assert.deepEqual(
        runs.map(({ series }) => series.filter(({ name }) => /loss|acc/.test(name)).map(({ name, n }) => [name, n])),
        [
          [
            ['acc', 4],
            ['loss', 4],
          ],
        ],
      );
      assert.deepEqual(problems, []);
    },
  );
});

test('a folder of files that are no logs says what one of them is', async () => {
  await inFolder(
    { 'events.out.tfevents.1': 'version https://git-lfs.github.com/spec/v1\noid sha256:0\n' },
    async (folder) => {
      const { format, because } = await inspect(folder);
      assert.equal(format, 'not-a-log');
      assert.match(because, /events.out.tfevents.1: it is a pointer of Git LFS/);
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
