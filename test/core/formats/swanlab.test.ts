import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { swanlab } from '../../../src/core/formats/swanlab.ts';
import { swanlabLog } from '../../../src/core/formats/swanlabLog.ts';
import { Table } from '../../../src/core/runs/table.ts';
import { encodeBlockLog } from '../../support/encodeBlockLog.ts';
import { utf8 } from '../../support/encodeProtobuf.ts';
import { checkExpectedFigures } from '../../support/expectedFigures.ts';
import { columnsOver, contentOf, readTable, sampleOf } from '../../support/readTable.ts';
import { splitAt } from '../../support/splitAt.ts';

const header = Uint8Array.of(0x3a, 0x53, 0x57, 0x4c, 0xd6, 0xe1, 1);

const record = (type: string, data: string) => utf8(`{"model_type": "${type}", "data": ${data}}\n`);
const scalar = (key: string, step: number, data: string) =>
  record(
    'Scalar',
    `{"metric": {"index": ${step}, "data": ${data}, "create_time": "2026"}, "key": "${key}", "step": ${step}, "epoch": 1}`,
  );
const log = encodeBlockLog(header, [
  record('Header', '{"backup_type": "DEFAULT"}'),
  record('Experiment', '{"id": "x", "name": "/home/me/adapters/round1"}'),
  record('Log', '{"message": "login with key abc-secret", "level": "INFO"}'),
  scalar('loss', 5, '2.5'),
  scalar('lr', 5, '1e-4'),
  scalar('__swanlab__.gpu.0.pct', 5, '97'),
  scalar('loss', 10, 'NaN'),
  scalar('loss', 15, '1.5'),
  record('Footer', '{"success": true}'),
]);

const points = (table: Table, name: string) => columnsOver(table, 'step').find((one) => one.name === name)?.points;

test('values of a backup become columns by key over their steps; the machine and the console are left out', () => {
  const table = readTable(swanlab, [log.bytes]);
  assert.deepEqual(points(table, 'loss'), [
    [5, 2.5],
    [10, Number.NaN],
    [15, 1.5],
  ]);
  assert.deepEqual(points(table, 'lr'), [[5, 1e-4]]);
  assert.equal(table.rowCount, 3);
  assert.equal(table.segments[0]?.name, 'round1');
  assert.deepEqual(table.problems, []);
  assert.ok(!JSON.stringify(contentOf(table)).match(/swanlab__|secret/));
});

test('a damaged record of a backup loses itself only, and any split gives what one read gives', () => {
  fc.assert(
    fc.property(fc.nat(log.bytes.length - 1), fc.array(fc.nat(log.bytes.length), { maxLength: 6 }), (at, cuts) => {
      const bytes = log.bytes.slice();
      bytes[at] = (bytes[at] ?? 0) ^ 4;
      const table = readTable(swanlab, [bytes]);
      assert.ok((points(table, 'loss')?.length ?? 0) >= 2);
      assert.deepEqual(contentOf(readTable(swanlab, splitAt(bytes, cuts))), contentOf(table));
    }),
    { numRuns: 200, seed: 9 },
  );
});

function readLog(pieces: readonly string[], folder: string): Table {
  const table = new Table();
  const parser = swanlabLog.open(table, sampleOf(new Uint8Array(0), '1000.log', ['logs', folder]));
  for (const piece of pieces) parser.feed(new TextEncoder().encode(piece));
  parser.finish();
  return table;
}

const lines =
  '{"index": 10, "data": 1.6216, "create_time": "2024-03-01"}\n{"index": 20, "data": "NaN", "create_time": "2024"}\n{"index": 30, "data": 1.5, "create_time": "2024"}';
const document =
  '{"create_time": "2024", "update_time": "2024", "data": [{"index": "0", "data": 3, "create_time": "2024"}, {"index": "1", "data": 2, "create_time": "2024"}]}';

test('the log of one metric is a column called like its folder, and its last line needs no line end', () => {
  const table = readLog([lines], '10');
  assert.deepEqual(columnsOver(table, 'index').find(({ name }) => name === '10')?.points, [
    [10, 1.6216],
    [20, Number.NaN],
    [30, 1.5],
  ]);
  assert.equal(table.lineOf(2), 3);
});

test('the older document of one metric is read the same, its folder name decoded', () => {
  const table = readLog([document], 'train%2Floss');
  assert.deepEqual([...(table.find('train/loss')?.values.view() ?? [])], [3, 2]);
});

test('the log of one metric gives the same in any split', () => {
  for (const text of [lines, document]) {
    for (let cut = 0; cut <= text.length; cut += 1) {
      assert.deepEqual(contentOf(readLog([text.slice(0, cut), text.slice(cut)], 'a')), contentOf(readLog([text], 'a')));
    }
  }
});

test('a metric log is recognised by its records, other JSON lines are not taken', () => {
  const sniff = (head: string) => swanlabLog.sniff({ ...sampleOf(utf8(head)), head });
  assert.ok((sniff(lines)?.confidence ?? 0) >= 0.9);
  assert.ok((sniff(document)?.confidence ?? 0) >= 0.9);
  assert.equal(sniff('{"index": 3, "data": [1, 2], "text": "x"}\n'), null);
  assert.equal(sniff('{"step": 10, "loss": 1.6}\n'), null);
});

checkExpectedFigures(
  'swanlab/',
  (bytes) => columnsOver(readTable(swanlab, [bytes]), 'step'),
  // What the machine measures about itself is no curve of the run.
  (tag) => !tag.startsWith('__swanlab__.'),
);
