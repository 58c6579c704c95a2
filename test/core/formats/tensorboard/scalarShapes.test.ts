import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { tfevents } from '../../../../src/core/formats/tfevents.ts';
import { Table } from '../../../../src/core/runs/table.ts';
import {
  event,
  firstRecord,
  floatTensor,
  rawScalar,
  simpleValue,
  tensorValue,
  tfRecord,
} from '../../../support/encodeEvents.ts';
import {
  bytesField,
  doubleBytes,
  doubleField,
  floatBytes,
  floatField,
  joinBytes,
  textField,
  varintField,
} from '../../../support/encodeProtobuf.ts';
import { contentOf, readTable, sampleOf } from '../../../support/readTable.ts';
import { splitAt } from '../../../support/splitAt.ts';

const double = fc.double();
const number = fc.oneof(double, fc.constantFrom(0, -0, 1e-45, 3.4e38));
const tags = ['loss', 'train/loss', 'a', 'Δ', `deep/${'x'.repeat(140)}`, 'val/accuracy_of_the_best_checkpoint'];

/** Each way in which a writer may put a number, and some that are no scalar. */
const value = fc
  .tuple(fc.constantFrom(...tags), number, fc.nat(11), fc.constantFrom('scalars', 'text', null))
  .map(([tag, y, kind, plugin]): Uint8Array => {
    const tensors: readonly Uint8Array[] = [
      floatTensor(y),
      rawScalar(2, doubleBytes(y)),
      joinBytes(varintField(1, 1), bytesField(5, floatBytes(y))),
      joinBytes(varintField(1, 1), floatField(5, y)),
      joinBytes(varintField(1, 2), bytesField(6, doubleBytes(y))),
      joinBytes(bytesField(6, doubleBytes(y)), bytesField(4, floatBytes(y)), varintField(1, 1)),
      joinBytes(varintField(1, 9), varintField(10, 7)),
      joinBytes(varintField(1, 1), bytesField(2, bytesField(2, varintField(1, 2))), bytesField(5, floatBytes(y))),
    ];
    const tensor = tensors[kind];
    if (tensor !== undefined) return tensorValue(tag, plugin, tensor);
    if (kind === 8) return joinBytes(floatField(2, y), textField(1, tag));
    if (kind === 9) return joinBytes(simpleValue(tag, y), bytesField(8, floatTensor(-y)));
    if (kind === 10) return joinBytes(textField(1, tag), bytesField(5, doubleField(1, y)));
    return simpleValue(tag, y);
  });

const one = fc.record({
  step: fc.oneof(fc.nat(300), fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n)),
  wallTime: double,
  values: fc.array(value, { minLength: 1, maxLength: 3 }),
});

/** A field that nobody knows and that is never the same makes that a value is read field by field. */
const neverTheSame = (at: number): Uint8Array => varintField(15, 1_000_000 + at);

/** Offsets differ where records have other lengths. */
const withoutPlaces = (content: unknown): unknown =>
  typeof content === 'object' ? JSON.stringify({ ...content, rows: null }, keepingNumbers) : content;

const keepingNumbers = (key: string, value: unknown): unknown =>
  key === 'byte' || key === 'message' ? null : typeof value === 'number' ? numberAsText(value) : value;

const numberAsText = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

test('a value that is known by its bytes is what it is field by field, for any order of tags and any split', () => {
  fc.assert(
    fc.property(fc.array(one, { maxLength: 40 }), fc.array(fc.nat(4000), { maxLength: 5 }), (events, cuts) => {
      // Twice, so that most values are known by then.
      const all = [...events, ...events];
      const plain = joinBytes(firstRecord, ...all.map(event));
      const salted = all.map((each, i) =>
        event({ ...each, values: each.values.map((bytes) => joinBytes(bytes, neverTheSame(i))) }),
      );
      assert.deepEqual(
        withoutPlaces(contentOf(readTable(tfevents, splitAt(plain, cuts)))),
        withoutPlaces(contentOf(readTable(tfevents, [joinBytes(firstRecord, ...salted)]))),
      );
    }),
    { numRuns: 400, seed: 9 },
  );
});

test('a wounded event with sound checksums is read the same after others like it and after others that are not', () => {
  const written = (i: number, salt: Uint8Array): Uint8Array =>
    joinBytes(
      doubleField(1, 1_700_000_000 + i),
      varintField(2, 200 + i),
      bytesField(
        5,
        bytesField(1, tensorValue('train/loss', 'scalars', floatTensor(1 / (i + 1))), salt),
        bytesField(1, simpleValue('kl', i), salt),
      ),
    );
  const none = new Uint8Array(0);
  const known = [firstRecord, ...[0, 1].map((i) => tfRecord(written(i, none)))];
  const unknown = [firstRecord, ...[0, 1].map((i) => tfRecord(written(i, neverTheSame(i))))];
  const length = written(2, none).length;
  const change = fc.oneof(
    fc.tuple(fc.constant('set'), fc.nat(length - 1), fc.nat(255)),
    fc.tuple(fc.constant('cut'), fc.nat(length - 1), fc.constant(0)),
    fc.tuple(fc.constant('repeat'), fc.nat(length - 1), fc.nat(20)),
  );
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      let payload = written(2, none);
      for (const [kind, at, by] of changes) {
        if (kind === 'set' && at < payload.length) payload[at] = by;
        else if (kind === 'cut') payload = payload.slice(0, at);
        else if (kind === 'repeat') payload = joinBytes(payload.slice(0, at + by), payload.slice(at));
      }
      const read = (before: readonly Uint8Array[]): unknown =>
        withoutPlaces(contentOf(readTable(tfevents, [...before, tfRecord(payload)])));
      assert.deepEqual(read(known), read(unknown));
    }),
    { numRuns: 3000, seed: 10 },
  );
});

test('what is learned at an unfinished end is forgotten with it', () => {
  const events = [0, 1, 2].map((step) => event({ step, values: [simpleValue('a', step), simpleValue('b', -step)] }));
  const table = new Table();
  const parser = tfevents.open(table, sampleOf(firstRecord));
  for (const each of [firstRecord, ...events]) {
    parser.feed(each);
    const mark = table.mark();
    parser.finish();
    parser.finish();
    table.cutTo(mark);
  }
  parser.finish();
  assert.deepEqual(contentOf(table), contentOf(readTable(tfevents, [joinBytes(firstRecord, ...events)])));
});

test('values that are not wanted leave the rows as they are', () => {
  fc.assert(
    fc.property(fc.array(one, { maxLength: 40 }), fc.subarray(tags), (events, wanted) => {
      const bytes = joinBytes(firstRecord, ...events.map(event));
      const all = readTable(tfevents, [bytes]);
      const some = new Table();
      const parser = tfevents.open(some, sampleOf(bytes), (name) => wanted.includes(name));
      parser.feed(bytes);
      parser.finish();
      const rows = (table: Table): unknown =>
        [...table.columns]
          .filter(
            ({ name, facts, rows: { length } }) => length > 0 && (facts?.axis !== undefined || wanted.includes(name)),
          )
          .map(({ name, rows, values }) => [name, [...rows.view()], [...values.view()]])
          .sort();
      assert.deepEqual(rows(some), rows(all));
      assert.deepEqual(
        Array.from({ length: some.rowCount }, (_, row) => some.lineOf(row)),
        Array.from({ length: all.rowCount }, (_, row) => all.lineOf(row)),
      );
    }),
    { numRuns: 200, seed: 11 },
  );
});
