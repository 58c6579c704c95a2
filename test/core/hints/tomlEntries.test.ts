import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { tomlEntries } from '../../../src/core/hints/tomlEntries.ts';

const read = (text: string): string[] => tomlEntries(text).map(({ path, text: value }) => `${path}=${value}`);

test('keys of tables, dotted keys and tables in a line', () => {
  const text =
    'max_steps = 1_000 # plan\n[training]\nsteps = 10\n"a b".c = 2\nm = { x = 1, y.z = "t" }\n[[env]]\nid = "one"\n[[env]]\nid = \'two\'\n';
  assert.deepEqual(read(text), [
    'max_steps=1_000',
    'training.steps=10',
    'training.a b.c=2',
    'training.m.x=1',
    'training.m.y.z=t',
    'env.0.id=one',
    'env.1.id=two',
  ]);
});

test('the place of key and value is exact', () => {
  const text = '# plan\r\n[training]\r\nsteps  =  1000   # of 5\r\n';
  const [entry] = tomlEntries(text);
  assert.ok(entry !== undefined);
  assert.equal(text.slice(...entry.key), 'steps');
  assert.equal(text.slice(...entry.range), '1000');
});

test('lines that cannot be read, or are just being written, leave the rest', () => {
  assert.deepEqual(read('a = 1\nb = \nc = 3\n'), ['a=1', 'c=3']);
  assert.deepEqual(read('[t]\na = 1\nwhat is this\n[u]\nb = 2\nb = 3\n'), ['t.a=1', 'u.b=2']);
  assert.deepEqual(read('a = 1\n[t\n'), ['a=1']);
  assert.deepEqual(read('a = 1\nb = ['), ['a=1']);
  assert.deepEqual(read(`${'?\n'.repeat(100)}a = 1\n`), []);
});

test('no text makes it throw, and each range is in the text', () => {
  const part = fc.constantFrom(
    ...[
      'a',
      'b.c',
      ' = ',
      '\n',
      '[',
      ']',
      '[[',
      ']]',
      '{',
      '}',
      '"',
      "'",
      '"""',
      '3',
      '1.5',
      'true',
      ',',
      '#',
      '\r\n',
      'é',
    ],
    '1979-05-27',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
      const text = parts.join('');
      for (const { key, range } of tomlEntries(text)) {
        assert.ok(key[0] >= 0 && key[0] < key[1] && key[1] <= range[0] && range[1] <= text.length);
      }
    }),
    { numRuns: 2000, seed: 5 },
  );
});
