import assert from 'node:assert/strict';
import { appendFileSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Control } from '../../src/core/control.ts';
import { sharedRateForecaster } from '../../src/core/forecast/sharedRateForecaster.ts';
import { formats } from '../../src/core/formats/formatTable.ts';
import type { InspectReport } from '../../src/core/report/inspectReport.ts';
import { noCache } from '../../src/engine/diskCache.ts';
import { Engine } from '../../src/engine/engine.ts';
import { FileSource } from '../../src/engine/fileSource.ts';
import { listFolder } from '../../src/engine/listFolder.ts';
import { createNodeEngine } from '../../src/engine/nodeEngine.ts';
import { SampleTableReader } from '../../src/engine/sampleTableReader.ts';
import { inFolder } from '../support/inFolder.ts';

const control: Control = { check() {}, progress() {} };

async function inspect(path: string): Promise<InspectReport> {
  const engine = createNodeEngine();
  const { report } = await engine.open(path, {}, control);
  await engine.close(path);
  return report;
}

/** Name and last point of each series of a run, standard errors apart. */
function lastOf(report: InspectReport, run = 0): Readonly<Record<string, readonly [number, number] | null>> {
  const series = report.runs[run]?.series.filter(({ name }) => !name.endsWith('/se')) ?? [];
  return Object.fromEntries(series.map(({ name, last }) => [name, last]));
}

const rolesOf = (report: InspectReport): unknown =>
  Object.fromEntries(
    (report.runs[0]?.series ?? []).flatMap(({ name, role }) => (role === 'none' ? [] : [[role, name] as const])),
  );

const jsonLines = (records: readonly object[]): string =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');

/** A step of verl: two prompts of four samples. At step s the first prompt has s right answers, the second one more. */
function verlStep(step: number): string {
  return jsonLines(
    [0, 1].flatMap((prompt) =>
      [0, 1, 2, 3].map((i) => {
        const isRight = i < step + prompt;
        return {
          input: `user\nWhat is ${prompt}?\nassistant\n`,
          output: `So it is \\boxed{${isRight ? prompt : 10 + i}}.`,
          gts: String(prompt),
          score: isRight ? 1 : 0,
          step,
        };
      }),
    ),
  );
}

test('a folder of verl is a run: solver by mean, verifier by best and by majority of k', async () => {
  await inFolder({ '1.jsonl': verlStep(1), '2.jsonl': verlStep(2) }, async (folder) => {
    const report = await inspect(folder);
    assert.equal(report.format, 'rollouts');
    assert.equal(report.runs.length, 1);
    assert.equal(report.runs[0]?.x.name, 'step');
    // Right: 2 and 3 of 4. Of pairs, 1 - C(2,2)/C(4,2) = 5/6 and 1 have a right one.
    // Majority of 2: with 2 right, 1 of 6 pairs agrees on it, 4 of 6 tie with a wrong one: 1/6 + 4/6/2 = 1/2; with 3: 3/6 + 3/6/2 = 3/4.
    const expected = {
      'score/mean@4': 0.625,
      'score/best@2': (5 / 6 + 1) / 2,
      'score/maj@2': 0.625,
      'score/best@4': 1,
      'score/maj@4': 1,
    };
    const last = lastOf(report);
    assert.deepEqual(Object.keys(last), Object.keys(expected));
    for (const [name, value] of Object.entries(expected)) {
      assert.equal(last[name]?.[0], 2);
      assert.ok(Math.abs((last[name]?.[1] ?? 0) - value) < 1e-12, `${name}: ${last[name]?.[1]}`);
    }
    assert.deepEqual(rolesOf(report), { solver: 'score/mean@4', verifier: 'score/maj@4' });
    const error = report.runs[0]?.series.find(({ name }) => name === 'score/mean@4/se');
    // Prompts have 0.5 and 0.75: their standard deviation over the root of two.
    assert.ok(Math.abs((error?.last?.[1] ?? 0) - 0.125) < 1e-12);
  });
});

test('files of a run are in the order of their steps, not of their names', async () => {
  const steps = [1, 2, 3, 10, 20];
  const files = Object.fromEntries(steps.map((step) => [`${step}.jsonl`, verlStep(step)]));
  await inFolder(files, async (folder) => {
    const report = await inspect(folder);
    assert.deepEqual(report.runs[0]?.x, { name: 'step', count: 5, first: 1, last: 20 });
  });
});

test('NeMo-RL: conversations, batches of one, training and validation in one folder', async () => {
  const train = (step: number): string =>
    jsonLines(
      [0, 1, 2, 3].map((idx) => ({
        content: [[`Question ${idx >> 1}`, `I say \\boxed{${idx}}`]],
        rewards: [idx < step ? 1.0 : 0.0],
        generation_logprobs: [[0, 0, -1 - idx, -0.5, 0]],
        input_lengths: [4],
        idx,
      })),
    );
  const val = (step: number): string =>
    jsonLines(
      [0, 1].map((idx) => ({
        content: [
          [
            { role: 'user', content: `Held out ${idx}` },
            { role: 'assistant', content: 'I do not know' },
          ],
        ],
        rewards: [idx < step ? 1.0 : 0.0],
        idx,
      })),
    );
  await inFolder(
    {
      'exp_001/train_data_step1.jsonl': train(1),
      'exp_001/train_data_step2.jsonl': train(2),
      'exp_001/val_data_step2.jsonl': val(1),
    },
    async (folder) => {
      const report = await inspect(folder);
      assert.equal(report.runs[0]?.name, 'exp_001');
      const last = lastOf(report);
      assert.deepEqual(last['train/rewards/mean@2'], [2, 0.5]);
      assert.deepEqual(last['train/rewards/best@2'], [2, 0.5]);
      assert.deepEqual(last['val/rewards/mean@1'], [2, 0.5]);
      assert.equal(last['val/rewards/best@1'], undefined);
      // -log p of 1.5, 2.5 | 3.5, 4.5 over the two tokens of each.
      assert.deepEqual(last['train/uncertainty/mean@2'], [2, 3]);
      assert.deepEqual(last['train/uncertainty/chosen@2'], [2, 2.5]);
      const uncertainty = report.runs[0]?.series.find(({ name }) => name === 'train/uncertainty/mean@2');
      assert.equal(uncertainty?.direction, 'lower');
    },
  );
});

test('NeMo-RL: a system prompt that all share is not the prompt', async () => {
  const file = jsonLines(
    [0, 1, 2, 3, 4, 5].map((idx) => ({
      content: [['You are careful.', `Question ${idx >> 1}`, `Answer ${idx}`]],
      rewards: [idx % 2],
      idx,
    })),
  );
  await inFolder({ 'train_data_step7.jsonl': file }, async (folder) => {
    assert.deepEqual(lastOf(await inspect(folder)), { 'rewards/mean@2': [7, 0.5], 'rewards/best@2': [7, 1] });
  });
});

test('EasyR1: validations are told apart by the prompts that come again', async () => {
  const validation = (right: number): string =>
    ['First?', 'Second?\n[with brackets]', 'Third?']
      .map(
        (prompt, i) =>
          `[prompt] system\n${prompt}\n[output] Let me see.\nIt is \\boxed{${i}}.\n[ground_truth] ${i}\n[score] ${i < right ? 1.0 : 0.0}\n\n`,
      )
      .join('');
  await inFolder({ 'generations.log': [0, 1, 2].map(validation).join('') }, async (folder) => {
    for (const path of [folder, join(folder, 'generations.log')]) {
      const report = await inspect(path);
      assert.equal(report.format, 'rollouts');
      const solver = report.runs[0]?.series.find(({ name }) => name === 'score/mean@1');
      assert.deepEqual([solver?.n, solver?.first, solver?.last], [3, [1, 0], [3, 2 / 3]]);
      assert.equal(solver?.role, 'solver');
    }
  });
});

/** A table of TRL: the first reward function is 1 for `right` of the four samples of each of two prompts, the second 0.5. */
function trlTable(step: number, right: number): Uint8Array {
  const rows = [0, 1].flatMap((prompt) => [0, 1, 2, 3].map((i) => ({ prompt, i })));
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'step', data: rows.map(() => BigInt(step)), type: 'INT64' },
        { name: 'prompt', data: rows.map(({ prompt }) => `What is ${prompt}?`), type: 'STRING' },
        { name: 'completion', data: rows.map(({ prompt, i }) => `\\boxed{${i < right ? prompt : 9}}`), type: 'STRING' },
        { name: 'accuracy_reward', data: rows.map(({ i }) => (i < right ? 1 : 0)), type: 'DOUBLE' },
        { name: 'format_reward', data: rows.map(() => 0.5), type: 'DOUBLE' },
        { name: 'advantage', data: rows.map(() => 0.1), type: 'DOUBLE' },
        { name: 'images', data: rows.map(() => Uint8Array.of(1, 2, 3)), type: 'BYTE_ARRAY' },
      ],
    }),
  );
}

test('TRL: Parquet tables, each reward function and their sum, training apart from evaluation', async () => {
  await inFolder(
    {
      'completions/train/completions_00010.parquet': trlTable(10, 1),
      'completions/train/completions_00020.parquet': trlTable(20, 3),
      'completions/eval/completions_00020.parquet': trlTable(20, 2),
    },
    async (folder) => {
      const report = await inspect(folder);
      assert.deepEqual([report.format, report.runs.length], ['rollouts', 1]);
      const last = lastOf(report);
      assert.deepEqual(last['train/accuracy_reward/mean@4'], [20, 0.75]);
      assert.deepEqual(last['train/reward/mean@4'], [20, 1.25]);
      assert.deepEqual(last['val/accuracy_reward/mean@4'], [20, 0.5]);
      assert.deepEqual(last['train/accuracy_reward/maj@4'], [20, 1]);
      assert.equal(
        Object.keys(last).some((name) => name.includes('advantage')),
        false,
      );
    },
  );
  await inFolder({ 'completions/completions_00010.parquet': trlTable(10, 2) }, async (folder) => {
    assert.deepEqual(lastOf(await inspect(folder))['accuracy_reward/mean@4'], [10, 0.5]);
  });
});

test('one file of samples alone is a run too, and several steps in one file are its checkpoints', async () => {
  await inFolder({ 'samples.jsonl': verlStep(1) + verlStep(2) + verlStep(3) }, async (folder) => {
    const report = await inspect(join(folder, 'samples.jsonl'));
    assert.equal(report.format, 'rollouts');
    assert.deepEqual(report.runs[0]?.x, { name: 'step', count: 3, first: 1, last: 3 });
    assert.deepEqual(lastOf(report)['score/mean@4'], [3, 0.875]);
  });
});

test('data sets in one dump have series of their own', async () => {
  const file = jsonLines(
    ['math', '__proto__'].flatMap((source, s) =>
      [0, 1, 2, 3].map((i) => ({
        input: `${source} ${i >> 1}`,
        output: 'x',
        score: s,
        acc: i % 2 === 0,
        data_source: source,
        pred: 'x',
      })),
    ),
  );
  await inFolder({ '5.jsonl': file }, async (folder) => {
    const last = lastOf(await inspect(folder));
    assert.deepEqual(last['score/mean@2'], [5, 0.5]);
    assert.deepEqual(last['math/score/mean@2'], [5, 0]);
    assert.deepEqual(last['__proto__/score/best@2'], [5, 1]);
    assert.deepEqual(last['acc/mean@2'], [5, 0.5]);
  });
});

test('hostile samples cost nothing but themselves', async () => {
  const good = verlStep(1);
  await inFolder(
    {
      '1.jsonl': good,
      '2.jsonl': '',
      '3.jsonl': `${verlStep(2)}{"input":"user\\nWhat is 0?","output":"cut off in the mid`,
      '4.jsonl': `${good}not JSON at all\n{"input": 5}\n{"input":"a","output":"b","score":"high"}\n{"input":"a","output":"b","score":NaN}\n{"__proto__":{"score":3},"input":"p","output":"\\\\boxed{","score":1}\n[]\n`,
    },
    async (folder) => {
      const report = await inspect(folder);
      const solver = report.runs[0]?.series.find(({ name }) => name === 'score/mean@4');
      assert.equal(solver?.n, 3);
      assert.deepEqual(report.problems.map(({ code, count }) => [code, count]).sort(), [
        ['no-record', 2],
        ['no-sample', 1],
        ['score-not-a-number', 2],
      ]);
      assert.match(report.problems.map(({ message }) => message).join('\n'), /4\.jsonl: Line 11 /);
    },
  );
});

test('a step that is still being written counts with what is there, and as a whole once it is', async () => {
  const whole = verlStep(2);
  await inFolder({ '1.jsonl': verlStep(1), '2.jsonl': whole.slice(0, whole.length / 2) }, async (folder) => {
    const engine = createNodeEngine();
    const first = await engine.open(folder, {}, control);
    assert.equal(first.report.runs[0]?.x.count, 2);
    const again = await engine.open(folder, {}, control);
    assert.deepEqual([again.bytesRead, again.revision], [0, first.revision]);
    appendFileSync(join(folder, '2.jsonl'), whole.slice(whole.length / 2));
    const grown = await engine.open(folder, {}, control);
    assert.equal(grown.bytesRead, Buffer.byteLength(whole));
    assert.ok(grown.revision > first.revision);
    assert.deepEqual(lastOf(grown.report)['score/mean@4'], [2, 0.625]);
    await engine.close(folder);
  });
});

test('a Parquet table that has no end yet is read once it has', async () => {
  const whole = trlTable(20, 3);
  const files = {
    'completions_00010.parquet': trlTable(10, 1),
    'completions_00020.parquet': whole.slice(0, whole.length - 9),
  };
  await inFolder(files, async (folder) => {
    const engine = createNodeEngine();
    const first = await engine.open(folder, {}, control);
    assert.equal(first.report.runs[0]?.x.count, 1);
    assert.deepEqual(
      first.report.problems.map(({ code }) => code),
      ['torn-record'],
    );
    writeFileSync(join(folder, 'completions_00020.parquet'), whole);
    const { report } = await engine.open(folder, {}, control);
    assert.deepEqual([report.runs[0]?.x.count, report.problems.length], [2, 0]);
    await engine.close(folder);
  });
});

test('numbered JSON lines that are no samples are what they were: logs', async () => {
  const log = jsonLines(Array.from({ length: 12 }, (_, step) => ({ step, loss: 1 / (1 + step) })));
  await inFolder({ '1.jsonl': log }, async (folder) => {
    const report = await inspect(folder);
    assert.equal(report.format, 'jsonl');
    assert.equal(
      report.runs[0]?.series.some(({ name }) => name === 'loss'),
      true,
    );
  });
});

test('where a trainer wrote a log of its own, that is the newest run and the samples are another', async () => {
  const state = {
    log_history: Array.from({ length: 8 }, (_, i) => ({ step: i + 1, epoch: i / 8, loss: 1 / (i + 1) })),
    global_step: 8,
    max_steps: 16,
  };
  await inFolder(
    { 'trainer_state.json': JSON.stringify(state), 'completions/completions_00001.parquet': trlTable(1, 1) },
    async (folder) => {
      const report = await inspect(folder);
      assert.equal(report.format, 'hf-trainer-state');
      assert.deepEqual([report.runs.length, report.runs[0]?.name], [2, 'completions']);
    },
  );
});

/** A dump of one step large enough to be remembered. */
function largeStep(step: number): string {
  return verlStep(step).replaceAll('So it is', `So ${'x'.repeat(700_000)} it is`);
}

test('what was read of a large folder is kept for the next session, away from it, and holds no text', async () => {
  const files = { 'dump/1.jsonl': largeStep(1), 'dump/2.jsonl': largeStep(2), 'dump/3.jsonl': largeStep(3) };
  await inFolder(files, async (folder) => {
    const dump = join(folder, 'dump');
    const cache = join(folder, 'cache');
    const open = async () => {
      const engine = createNodeEngine(cache);
      const opened = await engine.open(dump, {}, control);
      await engine.close(dump);
      return opened;
    };
    const first = await open();
    assert.ok(first.bytesRead > 16_000_000, `${first.bytesRead}`);
    const second = await open();
    assert.equal(second.bytesRead, 0);
    assert.deepEqual(second.report.runs, first.report.runs);
    assert.deepEqual(readdirSync(dump), ['1.jsonl', '2.jsonl', '3.jsonl']);
    const [index] = readdirSync(cache);
    const text = readFileSync(join(cache, index ?? ''), 'utf8');
    assert.equal(text.includes('xxx') || text.includes('What is'), false);
    // A new step costs only itself, a damaged index only time.
    writeFileSync(join(dump, '4.jsonl'), verlStep(4));
    assert.equal((await open()).bytesRead, Buffer.byteLength(verlStep(4)));
    writeFileSync(join(cache, index ?? ''), '{"version":1,"path":"1.jsonl","size":\nnull\n[]\n{"version":1}\n');
    assert.deepEqual((await open()).report.runs[0]?.x.count, 4);
    // A file with another time is another file.
    utimesSync(join(dump, '4.jsonl'), 1, 1);
    assert.equal((await open()).bytesRead, Buffer.byteLength(verlStep(4)));
  });
});

test('a step that cannot be read costs only itself', async () => {
  await inFolder({ '1.jsonl': verlStep(1), '2.jsonl': verlStep(2), '3.jsonl': verlStep(3) }, async (folder) => {
    const engine = new Engine({
      formats,
      forecaster: sharedRateForecaster,
      listFolder,
      cache: noCache,
      // Gone between the listing and its turn.
      openSource: (path) => Promise.resolve(new FileSource(path.replace('2.jsonl', 'gone.jsonl'))),
    });
    const { report } = await engine.open(folder, {}, control);
    await engine.close(folder);
    assert.equal(report.runs[0]?.x.count, 2);
    assert.match(report.problems[0]?.message ?? '', /2\.jsonl was left out: .*gone\.jsonl is not there/);
  });
});

test('a damaged Parquet table costs only itself: its thread is ended, and the next table read by another', async () => {
  const tables = new SampleTableReader(1500);
  const read = async (bytes: Uint8Array): Promise<readonly string[]> => {
    const told: string[] = [];
    await tables.read(
      bytes.slice().buffer,
      1,
      {
        result: ({ samples }) => told.push(`${samples} samples`),
        problem: ({ code }) => told.push(code),
      },
      control,
    );
    return told;
  };
  const whole = trlTable(10, 1);
  for (const at of [8, 24, 60, 200, whole.length - 40]) {
    // A run of repeats in a page now is as long as a number can be.
    const damaged = whole.map((byte, i) => (i >= at && i < at + 4 ? 0xfe : byte));
    const told = await read(damaged);
    assert.ok(told.length > 0 && told.every((one) => /^(8 samples|torn-record|no-sample)$/.test(one)), told.join());
    assert.deepEqual(await read(whole), ['8 samples']);
  }
  await tables.close();
});
