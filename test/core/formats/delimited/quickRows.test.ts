import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DelimitedParser } from '../../../../src/core/formats/delimited/delimitedParser.ts';
import { kernelOfThread } from '../../../../src/core/formats/simd/kernel.ts';
import { leftOut } from '../../../../src/core/formats/wantedColumns.ts';
import { Table } from '../../../../src/core/runs/table.ts';
import { assertSame } from '../../../support/assertSame.ts';
import { splitAt } from '../../../support/splitAt.ts';
import { inLanes } from '../inLanes.ts';
import { repeated, smallBlock } from '../readInBlocks.ts';
import { cellsOf } from '../readText.ts';

interface Log {
  readonly delimiter: string;
  readonly bytes: Uint8Array;
  readonly isWanted: (name: string) => boolean;
  /** Two of its columns go into one. */
  readonly isMerged?: boolean;
}

function read({ delimiter, bytes, isWanted, isMerged = false }: Log, pieces: Iterable<Uint8Array>) {
  const table = new Table();
  const parser = new DelimitedParser(delimiter, table, (name) =>
    isWanted(name) ? table.column(isMerged && name === 'acc' ? 'loss' : name) : leftOut,
  );
  for (const piece of pieces) parser.feed(piece);
  const whole = table.mark();
  const all = everythingOf(table);
  parser.finish();
  const offered = everythingOf(table);
  table.cutTo(whole);
  // The end that was offered is read again with what follows.
  parser.feed(new TextEncoder().encode('\n7,8,9\n'));
  return { bytes: bytes.length, all, offered, further: everythingOf(table) };
}

const everythingOf = (table: Table) => ({
  cells: cellsOf(table),
  lines: Array.from({ length: table.rowCount }, (_, row) => table.lineOf(row)),
  segments: table.segments.map(({ name, firstRow }) => [name, firstRow]),
  problems: table.problems,
});

/** A row is taken the quick way only from a piece that has it whole. */
const byteByByte = (bytes: Uint8Array): Uint8Array[] => Array.from(bytes, (byte) => Uint8Array.of(byte));

const number = fc.oneof(
  fc.integer({ min: -1_000_000, max: 1_000_000 }).map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.double({ min: 0, max: 2, noNaN: true }).map(String),
  fc.double({ min: 0, max: 1e-4, noNaN: true }).map((value) => value.toExponential().replace(/e-(\d)$/, 'e-0$1')),
);
const odd = fc.constantFrom(
  ...[
    'nan',
    'inf',
    '-Infinity',
    'None',
    'n/a',
    '-',
    '+1',
    '.5',
    '5.',
    '1e5',
    '1E-3',
    '1e',
    '0,05',
    '1,099',
    '3/20',
    '5 %',
  ],
  ...['tensor(0.5)', '7B', 'été', '\u00a0', '\u00a01\u00a0', ' ', ' 1', '1 ', '\t1', ' x ', '#', '# 1', '\ufeff', 'a'],
);
const quoted = fc.constantFrom(
  ...[
    '""',
    '"1"',
    '"x"',
    '"a, b"',
    '"a ""b"""',
    '"a\nb"',
    '"a\r\nb\n"',
    '"""',
    '"x"y',
    'x"y',
    ' "x"',
    '"x" ',
    '"',
    '"1.5',
  ],
);
const plainCell = fc.oneof({ weight: 6, arbitrary: number }, { weight: 2, arbitrary: fc.constant('') });
const cell = fc.oneof(
  { weight: 12, arbitrary: plainCell },
  { weight: 2, arbitrary: odd },
  { weight: 1, arbitrary: quoted },
);
const names = fc.uniqueArray(fc.constantFrom<string>('step', 'loss', 'note', 'acc', '', 'x y', '1', '"q,r"', '# t'), {
  minLength: 1,
  maxLength: 7,
});
const lineEnd = fc.constantFrom('\n', '\n', '\n', '\r\n', '\r\r\n', '\r', '\n\n', '\n,,\n');

/** Tables of which most rows are plain, cut into blocks anywhere. */
const logs = fc
  .record({
    delimiter: fc.constantFrom(',', ',', '\t', ';', '|'),
    header: names,
    isPlain: fc.boolean(),
    end: fc.constantFrom('\n', '\r\n'),
    wanted: fc.nat(127),
    isMerged: fc.boolean(),
  })
  .chain(({ delimiter, header, isPlain, end, wanted, isMerged }) => {
    const ofWidth = (length: number) => fc.array(isPlain ? plainCell : cell, { minLength: length, maxLength: length });
    const row = fc.oneof(
      { weight: 12, arbitrary: ofWidth(header.length) },
      { weight: 1, arbitrary: fc.array(cell, { maxLength: 9 }) },
      { weight: 1, arbitrary: fc.constant(header) },
      { weight: 1, arbitrary: fc.constant(['Trial 2', ...header.slice(1).map(() => '')]) },
    );
    const ends = isPlain ? fc.constant(end) : lineEnd;
    return fc.record({
      delimiter: fc.constant(delimiter),
      isMerged: fc.constant(isMerged),
      text: fc.tuple(fc.array(fc.tuple(row, ends), { maxLength: 30 }), fc.boolean()).map(([rows, isTorn]) => {
        const lines = [[header, end] as const, ...rows].map(([cells, by]) => cells.join(delimiter) + by);
        const text = lines.join('');
        return isTorn ? text.slice(0, -3) : text;
      }),
      isWanted: fc.constant((name: string) => ((wanted >> Math.max(0, header.indexOf(name))) & 1) === 1),
    });
  });

test('a table is the same whether its rows are read where they lie or sign by sign', () => {
  const cuts = fc.array(fc.nat(2000), { maxLength: 4 });
  fc.assert(
    fc.property(logs, cuts, ({ text, ...log }, at) => {
      const bytes = new TextEncoder().encode(text);
      const plain = read({ ...log, bytes }, byteByByte(bytes));
      assert.deepEqual(read({ ...log, bytes }, [bytes]), plain);
      assert.deepEqual(
        read(
          { ...log, bytes },
          splitAt(
            bytes,
            at.filter((cut) => cut < bytes.length),
          ),
        ),
        plain,
      );
    }),
    { numRuns: 3000, seed: 5 },
  );
});

test('signs that mean something to a table, in any order, are read the same either way', () => {
  const sign = fc.constantFrom(...'0123456789..-e,,,;\n\n\r" \tax');
  fc.assert(
    fc.property(fc.string({ unit: sign, maxLength: 120 }), fc.nat(7), (body, wanted) => {
      const bytes = new TextEncoder().encode(`a,b,c\n1,2,3\n${body}`);
      const log: Log = {
        delimiter: ',',
        bytes,
        isWanted: (name) => ((wanted >> ['a', 'b', 'c'].indexOf(name)) & 1) === 1,
      };
      assert.deepEqual(read(log, [bytes]), read(log, byteByByte(bytes)));
    }),
    { numRuns: 5000, seed: 7 },
  );
});

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(repeated(text));
const piecesOf = (bytes: Uint8Array): Uint8Array[] =>
  Array.from({ length: Math.ceil(bytes.length / smallBlock) }, (_, i) =>
    bytes.slice(i * smallBlock, (i + 1) * smallBlock),
  );

/** Whether the kernel reads it, wherever the block lies, or not. */
function agree(log: Log, text: string): void {
  const plain = read(log, piecesOf(log.bytes));
  for (const blocks of [[log.bytes], inLanes(log.bytes, 1e9)]) assertSame(read(log, blocks), plain, text);
}

test('a table is the same whether the kernel reads its rows or not', () => {
  assert.notEqual(kernelOfThread(), null);
  fc.assert(
    fc.property(logs, ({ text, ...log }) => {
      // The header comes once more with each repetition, as it does in logs of runs that were started again.
      const bytes = bytesOf(text);
      agree({ ...log, bytes }, text);
    }),
    { numRuns: 200, seed: 8, endOnFailure: true },
  );
});

test('and so are signs that mean something to a table, in any order', () => {
  const sign = fc.constantFrom(...'0123456789..-e,,,,\n\n\n\r" \tax');
  fc.assert(
    fc.property(fc.string({ unit: sign, maxLength: 200 }), fc.nat(7), (body, wanted) => {
      const rows = new TextDecoder().decode(bytesOf(`1,2,3\n4,,\n-0.5,6e-7, 8\r\n${body}\n`));
      const bytes = new TextEncoder().encode(`a,b,c\n${rows}`);
      const log: Log = {
        delimiter: ',',
        bytes,
        isWanted: (name) => ((wanted >> ['a', 'b', 'c'].indexOf(name)) & 1) === 1,
      };
      agree(log, body);
    }),
    { numRuns: 200, seed: 9, endOnFailure: true },
  );
});

test('rows of a table that the kernel reads have their signs, and those that it cannot take leave no trace', () => {
  const rows = [
    '1,-0,3\n',
    '1,2,x\n',
    '5,6,\n',
    '7,,\n',
    '-0.0,8,9\n',
    '"a, b",1,2\n',
    '4,5,6,7\n',
    '4\n',
    '.5,5.,+6\n',
  ];
  const text = Array.from({ length: 9000 }, (_, i) => rows[(i * i + (i >> 3)) % rows.length]).join('');
  const bytes = new TextEncoder().encode(`a,b,c\n${text}`);
  for (const wanted of ['abc', 'a', 'c', 'bc']) {
    const log: Log = { delimiter: ',', bytes, isWanted: (name) => wanted.includes(name) };
    const signsOf = ({ all }: ReturnType<typeof read>) =>
      JSON.stringify(all.cells, (_, value) => (Object.is(value, -0) ? '-0' : value));
    assertSame(signsOf(read(log, [bytes])), signsOf(read(log, piecesOf(bytes))), wanted);
    agree(log, wanted);
  }
});

test('quotes in cells that are not wanted are passed over by the kernel as they are without it', () => {
  const calm = fc.constantFrom(
    '',
    '7',
    '0.5',
    '8',
    'x',
    '"x"',
    '"a, b"',
    '"a ""b"""',
    '""',
    '"",',
    `"${'long, '.repeat(9)}"`,
  );
  const odd = fc.constantFrom('x"y', 'x"', '"x"y', '"x" ', ' "x"', '"a\nb"', '"a\r\nb"', '"a\rb"', '"x"\r', '""""');
  const some = fc.oneof(odd, calm);
  // Odd rows are few, or the kernel is not asked any more.
  const cells = fc
    .tuple(fc.nat(15), fc.array(fc.tuple(number, calm, some), { minLength: 6, maxLength: 6 }))
    .map(([luck, row]) => row.map(([value, one, another]) => [value, luck === 0 ? another : one] as const));
  fc.assert(
    fc.property(fc.array(cells, { minLength: 10, maxLength: 80 }), fc.integer({ min: 1, max: 62 }), (rows, wanted) => {
      const isWanted = (name: string): boolean => ((wanted >> 'abcdef'.indexOf(name)) & 1) === 1;
      const line = (row: readonly (readonly [string, string])[]): string =>
        row.map(([value, other], i) => (((wanted >> i) & 1) === 1 ? value : other)).join(',');
      const text = rows.map((row) => `${line(row)}\n`).join('');
      const bytes = new TextEncoder().encode(`a,b,c,d,e,f\n${new TextDecoder().decode(bytesOf(text))}`);
      const log: Log = { delimiter: ',', bytes, isWanted };
      agree(log, text);
    }),
    { numRuns: 300, seed: 10, endOnFailure: true },
  );
});

test('a quote in a cell, or text behind its quotes, moves no number into another column', () => {
  for (const odd of [
    '1,x"y,z",7,8',
    '1,"x"y,"q",7,8',
    '1,"x,"y,"q",7,8',
    '1,"x""y,"q",7,8',
    '"1,2",3,4,7,8',
    '1,",""",7,8,9',
  ]) {
    const text = `${'1,x,2,5,6\n'.repeat(40)}${odd}\n`.repeat(200);
    const bytes = new TextEncoder().encode(`a,b,c,d,e\n${text}`);
    const log: Log = { delimiter: ',', bytes, isWanted: (name) => name === 'a' || name === 'd' };
    agree(log, odd);
  }
});

test('a row that a block breaks off is not taken with what the block before it left in memory', () => {
  const bytes = new TextEncoder().encode(`a,b,c\n${'11,22,33\n'.repeat(40_000)}`);
  for (const cut of [140_001, 140_004, 140_007, 140_008]) {
    const pieces = splitAt(bytes, [140_000, 140_000 + cut / 2, 280_000 + (cut % 9)].map(Math.floor));
    const log: Log = { delimiter: ',', bytes, isWanted: (name) => name !== 'b' };
    assertSame(read(log, [...pieces]), read(log, piecesOf(bytes)), `cut at ${cut}`);
  }
});

test('a quote that is never closed is told of once, and its rows are read', () => {
  const row = (i: number): string => `${i},0.5,x\n`;
  const rows = Array.from({ length: 200_000 }, (_, i) => row(i)).join('');
  const bytes = new TextEncoder().encode(`step,loss,note\n1,2,"x\n${rows}`);
  const log: Log = { delimiter: ',', bytes, isWanted: (name) => name !== 'note' };
  const blocks = Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, i) =>
    bytes.subarray(i * 65_536, (i + 1) * 65_536),
  );
  const { all } = read(log, blocks);
  assert.equal(all.lines.length, 200_001);
  assert.deepEqual(
    all.problems.map(({ code, line, count }) => [code, line, count]),
    [['unclosed-quote', 2, 1]],
  );
  assert.deepEqual(all, read(log, [bytes]).all);
});

test('a lone carriage return ends a row before a quote that comes later in the line', () => {
  const bytes = new TextEncoder().encode('a,b,c,d,e,f\n1,2\r3,4,"x"\n5,6,7,8,9,"y"\n');
  const log: Log = { delimiter: ',', bytes, isWanted: (name) => name === 'a' || name === 'c' };
  assert.deepEqual(read(log, [bytes]), read(log, byteByByte(bytes)));
  assert.deepEqual(read(log, [bytes]).all.lines, [2, 2, 3]);
});

test('in quotes a number is one, a text is one, and a row of one cell is left out as without them', () => {
  const rows = '"1","0.5","a, b"\n"5"\n"6","x ""y""","z"\n"7", 0.25,"a\nb"\n"8","nan",c"d\n';
  const bytes = new TextEncoder().encode(`"a","b","c"\n${rows}`);
  const log: Log = { delimiter: ',', bytes, isWanted: () => true };
  const { all } = read(log, [bytes]);
  assert.deepEqual(all, read(log, byteByByte(bytes)).all);
  assert.deepEqual(all.lines, [2, 4, 5, 7]);
  assert.deepEqual(
    all.problems.map(({ code, line, count }) => [code, line, count]),
    [['ragged-row', 3, 1]],
  );
});
