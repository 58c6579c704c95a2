import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { csv } from '../../../src/core/formats/csv.ts';
import type { TextFormat } from '../../../src/core/formats/format.ts';
import { jsonl } from '../../../src/core/formats/jsonl.ts';
import { Table } from '../../../src/core/runs/table.ts';
import { cellsOf, readText, sampleOf } from './readText.ts';

const logs: readonly { readonly title: string; readonly format: TextFormat; readonly text: string }[] = [
  {
    title: 'JSON lines with nesting, Python NaN, escapes and a torn record',
    format: jsonl,
    text:
      '{"step": 1, "loss": 2.5, "eval": {"acc": 0.25, "coco": [0.1, 0.2]}}\r\n' +
      '{"step": 2, "lo{"step": 3, "loss": NaN, "note": "a \\"}{ b"}\n' +
      '{"step": 4, "loss": -1e-3, "__proto__": {"constructor": 7}}\n{"step": 5, "loss": "3.41"}',
  },
  {
    title: 'a table with quotes, line breaks in quotes, CR CR LF, gaps and a last cell in quotes',
    format: csv,
    text: 'epoch,loss,note\r\r\n1,2.5,"a, ""b""\nc"\r\r\n\r\n2,,\n3,nan,"x"\r\n,,\n"4","0.5","end"',
  },
];

for (const { title, format, text } of logs) {
  test(`${title}: any split of the stream gives the same cells`, () => {
    const whole = cellsOf(readText(format, text));
    const cut = fc.integer({ min: 0, max: text.length });
    fc.assert(
      fc.property(fc.array(cut, { maxLength: 8 }), (cuts) => {
        assert.deepEqual(cellsOf(readText(format, text, cuts)), whole);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  test(`${title}: a column is the same whether it is read with all others or alone`, () => {
    const all = readText(format, text);
    for (const wanted of all.columns) {
      const alone = new Table();
      const parser = format.open(alone, sampleOf(text), (name) => name === wanted.name);
      parser.feed(new TextEncoder().encode(text));
      parser.finish();
      const same = ({ name }: { name: string }): boolean => name === wanted.name;
      assert.deepEqual(cellsOf(alone), cellsOf(all).filter(same));
      assert.deepEqual(alone.problems, all.problems);
      assert.equal(alone.rowCount, all.rowCount);
    }
  });

  test(`${title}: cut at any place it is read without an error`, () => {
    for (let end = 0; end <= text.length; end++) readText(format, text.slice(0, end));
  });
}

test('a torn record is left out without the one that follows it in its line', () => {
  const table = readText(jsonl, logs[0]?.text ?? '');
  assert.deepEqual([...(table.find('step')?.values.view() ?? [])], [1, 3, 4, 5]);
  assert.deepEqual(
    table.problems.map(({ code, line }) => [code, line]),
    [['torn-record', 2]],
  );
});

test('a last row that ends with a closing quote is whole without a line end', () => {
  const table = readText(csv, logs[1]?.text ?? '');
  assert.deepEqual([...(table.find('epoch')?.values.view() ?? [])], [1, 2, 3, 4]);
});

test('a record nested 200,000 deep is passed over without a stack', () => {
  const deep = `{"a": ${'['.repeat(200_000)}${']'.repeat(200_000)}, "step": 1}\n`;
  const objects = `{"b": ${'{"c":'.repeat(200_000)}1${'}'.repeat(200_000)}, "step": 2}\n`;
  const table = readText(jsonl, deep + objects);
  assert.deepEqual([...(table.find('step')?.values.view() ?? [])], [1, 2]);
});

test('a million columns are refused with a sentence', () => {
  const names = Array.from({ length: 1_000_000 }, (_, i) => `c${i}`).join(',');
  assert.throws(() => readText(csv, `${names}\n`), /more than 20000 columns/);
});
