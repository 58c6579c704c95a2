import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { tfevents } from '../../../src/core/formats/tfevents.ts';
import type { Table } from '../../../src/core/runs/table.ts';
import {
  event,
  firstRecord,
  float32Type,
  floatTensor,
  rawScalar,
  simpleValue,
  tensorValue,
  tfRecord,
} from '../../support/encodeEvents.ts';
import {
  bytesField,
  doubleBytes,
  doubleField,
  floatBytes,
  floatField,
  joinBytes,
  textField,
  utf8,
  varintField,
} from '../../support/encodeProtobuf.ts';
import { checkExpectedFigures } from '../../support/expectedFigures.ts';
import { columnsOver, contentOf, readTable, sampleOf } from '../../support/readTable.ts';
import { splitAt } from '../../support/splitAt.ts';

const points = (table: Table, name: string) =>
  columnsOver(table, 'step').find((column) => column.name === name)?.points;

const losses = [4, 2, 1, 0.5];
const records = [
  firstRecord,
  ...losses.map((value, step) => event({ step, values: [simpleValue('loss', value)] })),
] as const;
const file = joinBytes(...records);

/** Offset at which a record of the file starts. */
const startOf = (index: number): number => records.slice(0, index).reduce((sum, { length }) => sum + length, 0);

test('a tag becomes a column over the event steps, and an absent step is 0', () => {
  assert.deepEqual(
    points(readTable(tfevents, [file]), 'loss'),
    losses.map((value, step) => [step, value]),
  );
});

test('values of one step stand in one row, whether in one summary or in several events', () => {
  const table = readTable(tfevents, [
    joinBytes(
      event({ step: 1, values: [simpleValue('a', 1), simpleValue('b', 2)] }),
      event({ step: 1, values: [simpleValue('c', 3)] }),
      event({ step: 1, values: [simpleValue('a', 4)] }),
    ),
  ]);
  assert.equal(table.rowCount, 2);
  assert.deepEqual(points(table, 'a'), [
    [1, 1],
    [1, 4],
  ]);
  assert.deepEqual([...(table.find('c')?.rows.view() ?? [])], [0]);
});

test('a step beyond 32 bits and a negative one keep their value', () => {
  const table = readTable(tfevents, [
    joinBytes(
      event({ step: 9_007_199_254_740_991n, values: [simpleValue('a', 1)] }),
      event({ step: -1n, values: [simpleValue('a', 2)] }),
      event({ step: -300_000_000_000n, values: [simpleValue('a', 3)] }),
    ),
  ]);
  assert.deepEqual(points(table, 'a'), [
    [9_007_199_254_740_991, 1],
    [-1, 2],
    [-300_000_000_000, 3],
  ]);
});

test('scalars in tensors are read in every number type a writer has', () => {
  const halfOfOneAndAHalf = Uint8Array.of(0x00, 0x3e);
  const bfloatOfMinusTwo = Uint8Array.of(0x00, 0xc0);
  const int64 = new Uint8Array(8);
  new DataView(int64.buffer).setBigInt64(0, -5n, true);
  const shape = bytesField(2);
  const tensors: readonly (readonly [tensor: Uint8Array, expected: number])[] = [
    [floatTensor(0.1), Math.fround(0.1)],
    [rawScalar(2, doubleBytes(0.1)), 0.1],
    [rawScalar(3, Uint8Array.of(0xfe, 0xff, 0xff, 0xff)), -2],
    [rawScalar(9, int64), -5],
    [rawScalar(10, Uint8Array.of(1)), 1],
    [rawScalar(14, bfloatOfMinusTwo), -2],
    [rawScalar(19, halfOfOneAndAHalf), 1.5],
    [joinBytes(varintField(1, float32Type), shape, bytesField(5, floatBytes(2.5))), 2.5],
    [joinBytes(varintField(1, float32Type), shape, floatField(5, 3.5)), 3.5],
    [joinBytes(varintField(1, 2), shape, bytesField(6, doubleBytes(4.25))), 4.25],
    [joinBytes(varintField(1, 9), shape, varintField(10, -7n)), -7],
  ];
  const table = readTable(tfevents, [
    joinBytes(...tensors.map(([tensor], step) => event({ step, values: [tensorValue('a', 'scalars', tensor)] }))),
  ]);
  assert.deepEqual(
    points(table, 'a'),
    tensors.map(([, expected], step) => [step, expected]),
  );
});

test('the plugin of a tag is remembered when the writer names it once', () => {
  const one = floatTensor(1);
  const table = readTable(tfevents, [
    joinBytes(
      event({ step: 0, values: [tensorValue('pictures', 'images', one), tensorValue('loss', 'scalars', one)] }),
      event({ step: 1, values: [tensorValue('pictures', null, one), tensorValue('loss', null, one)] }),
    ),
  ]);
  assert.equal(points(table, 'pictures'), undefined);
  assert.equal(points(table, 'loss')?.length, 2);
});

test('texts, vectors, pictures and tags without a value are no points', () => {
  const text = joinBytes(varintField(1, 7), bytesField(2), textField(8, 'lr=0.1'));
  const vector = joinBytes(
    varintField(1, float32Type),
    bytesField(2, bytesField(2, varintField(1, 2))),
    bytesField(4, floatBytes(1), floatBytes(2)),
  );
  const table = readTable(tfevents, [
    joinBytes(
      event({
        values: [
          tensorValue('notes', 'text', text),
          tensorValue('pair', null, vector),
          joinBytes(textField(1, 'picture'), bytesField(4, utf8('png'))),
          textField(1, '_hparams_/experiment'),
        ],
      }),
      event({ step: 1, values: [simpleValue('loss', 1)] }),
    ),
  ]);
  assert.deepEqual(
    columnsOver(table, 'step')
      .filter(({ isAxis }) => !isAxis)
      .map(({ name }) => name),
    ['loss'],
  );
});

test('a tag named like an axis keeps a column of its own', () => {
  const table = readTable(tfevents, [event({ step: 7, values: [simpleValue('step', 3)] })]);
  assert.deepEqual(points(table, 'step'), [[7, 7]]);
  assert.deepEqual(points(table, 'step (tag)'), [[7, 3]]);
});

test('NaN and infinities reach the table, where cleaning counts them', () => {
  const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const table = readTable(tfevents, [
    joinBytes(...values.map((value, step) => event({ step, values: [simpleValue('a', value)] }))),
  ]);
  assert.deepEqual(
    points(table, 'a')?.map(([, y]) => y),
    values,
  );
});

test('a flipped bit anywhere loses at most the record it stands in, and the loss is told with its offset', () => {
  for (let bit = 0; bit < file.length * 8; bit += 1) {
    const broken = file.slice();
    const byte = bit >> 3;
    broken[byte] = (broken[byte] ?? 0) ^ (1 << (bit & 7));
    const hit = records.findIndex((_, index) => byte < startOf(index + 1));
    const table = readTable(tfevents, [broken]);
    assert.deepEqual(
      points(table, 'loss')?.map(([x]) => x),
      losses.map((_, step) => step).filter((step) => step !== hit - 1),
      `bit ${bit}`,
    );
    // A wrong length of the last record cannot be told from a record that is still being written.
    const [problem] = table.problems;
    if (problem !== undefined) {
      assert.equal(problem.code, 'torn-record');
      assert.equal(problem.byte, startOf(hit));
    } else assert.ok(hit === records.length - 1, `bit ${bit} went unnoticed`);
  }
});

test('bytes missing in the middle lose only the record they are missing from', () => {
  const start = startOf(2);
  const table = readTable(tfevents, [file.slice(0, start + 20), file.slice(start + 25)]);
  assert.deepEqual(
    points(table, 'loss')?.map(([x]) => x),
    [0, 2, 3],
  );
});

test('a file cut at any byte gives the whole records before the cut and no problem', () => {
  for (let cut = 0; cut <= file.length; cut += 1) {
    const table = readTable(tfevents, [file.slice(0, cut)]);
    const whole = records.filter((_, index) => startOf(index + 1) <= cut).length;
    assert.equal(points(table, 'loss')?.length ?? 0, Math.max(0, whole - 1), `cut at ${cut}`);
    assert.deepEqual(table.problems, []);
  }
});

test('any split of damaged or sound bytes gives what one read gives', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(file.length), { maxLength: 12 }),
      fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { maxLength: 4 }),
      (cuts, damage) => {
        const bytes = file.slice();
        for (const [at, value] of damage) bytes[at] = value;
        assert.deepEqual(contentOf(readTable(tfevents, splitAt(bytes, cuts))), contentOf(readTable(tfevents, [bytes])));
      },
    ),
    { numRuns: 300, seed: 5 },
  );
});

test('what a growing file offered at its end is not counted twice', () => {
  const torn = file.slice(0, startOf(3) + 10);
  const table = readTable(tfevents, [torn]);
  const parser = tfevents.open(table, sampleOf(torn));
  const fresh = readTable(tfevents, [new Uint8Array(0)]);
  const growing = tfevents.open(fresh, sampleOf(torn));
  for (let at = 0; at < file.length; at += 7) {
    growing.feed(file.slice(at, at + 7));
    const mark = fresh.mark();
    growing.finish();
    fresh.cutTo(mark);
  }
  growing.finish();
  parser.finish();
  assert.deepEqual(points(fresh, 'loss'), points(readTable(tfevents, [file]), 'loss'));
});

test('a record with sound checksums that is no event is left out and told', () => {
  const table = readTable(tfevents, [
    joinBytes(firstRecord, tfRecord(Uint8Array.of(0x2a, 0x7f, 1)), event({ step: 1, values: [simpleValue('a', 1)] })),
  ]);
  assert.equal(points(table, 'a')?.length, 1);
  assert.deepEqual(
    table.problems.map(({ code, byte }) => [code, byte]),
    [['unreadable-record', firstRecord.length]],
  );
});

test('random bytes are never taken for an event file and never throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
      assert.equal(tfevents.sniff(sampleOf(bytes, 'events.out.tfevents.1')), null);
      readTable(tfevents, [joinBytes(firstRecord, bytes)]);
    }),
    { numRuns: 200, seed: 6 },
  );
});

test('records that only a forger writes, each sound in its length and claiming the rest, end in bounded time', () => {
  const claims = Array.from({ length: 4000 }, (_, i) => {
    const claimed = 12 * (4000 - i) - 16;
    return tfRecord(new Uint8Array(Math.max(0, claimed))).slice(0, 12);
  });
  const bytes = joinBytes(...claims.slice(0, 300), new Uint8Array(50_000));
  assert.equal(readTable(tfevents, [bytes]).rowCount, 0);
});

test('an event file is recognised by its first length, also without a version record', () => {
  const [first] = [event({ values: [simpleValue('Logloss', 0.7)] })];
  assert.ok((tfevents.sniff(sampleOf(first ?? file))?.confidence ?? 0) > 0.9);
  assert.equal(tfevents.sniff(sampleOf(utf8('version https://git-lfs.github.com/spec/v1\noid sha256:0'))), null);
  assert.equal(tfevents.sniff(sampleOf(new Uint8Array(0))), null);
});

test('an event whose fields come in another order is read the same', () => {
  const payload = joinBytes(
    bytesField(5, bytesField(1, floatField(2, 0.5), textField(1, 'a'))),
    varintField(2, 3),
    doubleField(1, 1),
  );
  assert.deepEqual(points(readTable(tfevents, [tfRecord(payload)]), 'a'), [[3, 0.5]]);
});

test('tags that count epochs beside tags that count steps get an axis of their own, whichever comes first', () => {
  const epochs = (epoch: number) => event({ step: epoch, values: [simpleValue('val/loss', 1 / (1 + epoch))] });
  const steps = (epoch: number) =>
    [0, 1, 2].map((i) => event({ step: 30 * epoch + 10 * i, values: [simpleValue('train/loss', i)] }));
  const inOrder = [0, 1, 2, 3, 4, 5];
  for (const bytes of [
    joinBytes(...inOrder.flatMap((epoch) => [...steps(epoch), epochs(epoch)])),
    joinBytes(...inOrder.flatMap((epoch) => [epochs(epoch), ...steps(epoch)])),
  ]) {
    const table = readTable(tfevents, [bytes]);
    const own = columnsOver(table, 'step of val/loss').find(({ name }) => name === 'val/loss');
    assert.deepEqual(
      own?.points.map(([x]) => x),
      inOrder,
    );
    assert.equal(points(table, 'train/loss')?.at(-1)?.[0], 170);
  }
});

test('tags that Keras calls after epochs are counted in epochs, also where there are no others', () => {
  const epochs = [0, 1, 2].map((step) => event({ step, values: [simpleValue('epoch_loss', 1)] }));
  const batches = [0, 1, 2].map((i) => event({ step: 500 * (i + 1), values: [simpleValue('batch_loss', 1)] }));
  for (const bytes of [joinBytes(...epochs), joinBytes(...epochs.flatMap((one, i) => [batches[i] ?? one, one]))]) {
    const column = columnsOver(readTable(tfevents, [bytes]), 'epoch').find(({ name }) => name === 'epoch_loss');
    assert.deepEqual(
      column?.points.map(([x]) => x),
      [0, 1, 2],
    );
  }
});

test('an evaluation that is logged a little late, and a run that is resumed, stay on the axis of the others', () => {
  const late = [10, 20, 30, 40].flatMap((step) => [
    event({ step: step + 5, values: [simpleValue('train/loss', 1)] }),
    event({ step, values: [simpleValue('eval/loss', 2)] }),
  ]);
  const resumed = [50, 60, 30, 40].map((step) => event({ step, values: [simpleValue('train/loss', 3)] }));
  const table = readTable(tfevents, [joinBytes(...late, ...resumed)]);
  assert.deepEqual(
    points(table, 'eval/loss')?.map(([x]) => x),
    [10, 20, 30, 40],
  );
  assert.equal(points(table, 'train/loss')?.length, 8);
});

checkExpectedFigures('tfevents/', (bytes) => {
  if (tfevents.sniff(sampleOf(bytes)) === null) return [];
  const table = readTable(tfevents, [bytes]);
  const axes = table.columns.filter(({ facts }) => (facts?.axis ?? 9) < 9).map(({ name }) => name);
  return columnsOver(table, ...axes);
});

test('tags that were written one after the other share their steps, and other counts stand apart', () => {
  const tag = (name: string, count: number, every: number) =>
    Array.from({ length: count }, (_, i) => event({ step: every * (i + 1), values: [simpleValue(name, i)] }));
  const table = readTable(tfevents, [
    joinBytes(...tag('loss', 20, 10), ...tag('accuracy', 20, 10), ...tag('val/loss', 4, 1), ...tag('val/acc', 4, 1)),
  ]);
  assert.deepEqual(
    table.columns.filter(({ facts }) => facts?.axis !== undefined).map(({ name }) => name),
    ['wall_time', 'step', 'step of val/loss'],
  );
});
