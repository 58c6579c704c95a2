import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LineMarks } from '../../../src/core/formats/bytes/lineMarks.ts';
import type { TextFormat } from '../../../src/core/formats/format.ts';
import { pythonDictConsole } from '../../../src/core/formats/pythonDictConsole.ts';
import { kernelOfThread } from '../../../src/core/formats/simd/kernel.ts';
import { isAlike, isUnsure, mostLines } from '../../../src/core/formats/simd/layout.ts';
import { ByteTemplate, type Form, type Slot } from '../../../src/core/formats/text/byteTemplate.ts';
import { KernelTemplates } from '../../../src/core/formats/text/kernelTemplates.ts';
import { verlConsole } from '../../../src/core/formats/verlConsole.ts';
import { Table } from '../../../src/core/runs/table.ts';
import { assertSame } from '../../support/assertSame.ts';
import { contentOf } from '../../support/readTable.ts';
import { consoleKinds, dictLines, lineEnd, lineOf } from './consoleLogs.ts';
import { inLanes } from './inLanes.ts';
import { largeBlock, negativeZeros, readInBlocks, repeated, smallBlock } from './readInBlocks.ts';
import { sampleOf } from './readText.ts';

const allOf = (table: Table) => ({ content: contentOf(table), signs: negativeZeros(table) });

/** Blocks of `largeBlock` begin in the middle of a line, behind which the kernel starts. */
function agree(format: TextFormat, text: string): void {
  const twice = text + text;
  const plain = allOf(readInBlocks(format, twice, smallBlock));
  const ways = [1e9, largeBlock + 1].flatMap((size) => [false, true].map((isLent) => [size, isLent] as const));
  for (const [size, isLent] of ways) {
    assertSame(allOf(readInBlocks(format, twice, size, undefined, isLent)), plain, text);
  }
}

type Visit = readonly [from: number, to: number, feeds: number, mayMatter: boolean];

/** What is visited of a text in parts of so many bytes, each cut behind a line. */
function visitsOf(marks: LineMarks, bytes: Uint8Array, partBytes: number): { visits: Visit[]; feeds: number } {
  const visits: Visit[] = [];
  let feeds = 0;
  for (let start = 0; start < bytes.length; ) {
    let end = Math.min(bytes.length, start + partBytes);
    while (end < bytes.length && bytes[end - 1] !== 10) end += 1;
    feeds += marks.each(bytes, start, end, (from, to, before, mayMatter) =>
      visits.push([from, to, feeds + before, mayMatter]),
    );
    start = end;
  }
  return { visits, feeds };
}

const piece = fc.constantFrom(
  ...[
    's',
    't',
    'e',
    'p',
    ':',
    'step:',
    'step:1',
    'Iteration ',
    'Iter',
    'tep:',
    'xxxxxxxxxxxxxxxx',
    'xxxxxxx',
    'é',
    '█',
  ],
  ...[
    ' ',
    '1',
    '0',
    '9',
    '\n',
    '\n',
    '\n',
    '\r',
    '\r\n',
    '\u001b[36m',
    '\u001b[0m',
    's\u001b[1mtep:7',
    'step:\u001b[0m8',
  ],
);

for (const [beforeDigit, what] of [
  [false, 'whatever stands behind them'],
  [true, 'where a digit stands behind them'],
] as const) {
  test(`lines that hold words are found by the kernel as without it, ${what}`, () => {
    const words = fc.constantFrom(['step:'], ['step:', 'Iter'], ['s'], ['Iteration ', 'p:', 'tep']);
    fc.assert(
      fc.property(words, fc.array(piece, { minLength: 1, maxLength: 90 }), (marks, parts) => {
        const bytes = new TextEncoder().encode(`${repeated(parts.join(''))}\n`);
        const visits = (all: Uint8Array, most: number) => visitsOf(new LineMarks(marks, beforeDigit), all, most);
        const plain = visits(bytes, smallBlock);
        for (const all of [bytes, ...inLanes(bytes, 1e9)]) assertSame(visits(all, 1e9), plain, parts.join(''));
      }),
      { numRuns: 300, seed: 41, endOnFailure: true },
    );
  });
}

test('more lines than the kernel finds at once are all found', () => {
  const bytes = new TextEncoder().encode(`${'step:1\n\n'.repeat(2 * mostLines + 5)}\n\n`);
  const { visits, feeds } = visitsOf(new LineMarks(['step:']), bytes, 1e9);
  assert.equal(visits.length, 2 * mostLines + 5);
  assert.deepEqual(visits.at(-1), [
    8 * (2 * mostLines + 4),
    8 * (2 * mostLines + 4) + 6,
    2 * (2 * mostLines + 4),
    true,
  ]);
  assert.equal(feeds, 2 * (2 * mostLines + 5) + 2);
});

test('words that the kernel has no room for are found without it', () => {
  const word = 'step '.repeat(20);
  const bytes = new TextEncoder().encode(`${word}1\nnothing\n`.repeat(1000));
  assert.equal(visitsOf(new LineMarks([word]), bytes, 1e9).visits.length, 1000);
});

test('known lines are read by the kernel here: what follows is no comparison of a reader with itself', () => {
  const kernel = kernelOfThread();
  assert.notEqual(kernel, null);
  const before = kernel?.ownerOfTemplates;
  readInBlocks(verlConsole, repeated('step:7 - loss:0.5 - lr:1e-05\n'), 1e9);
  assert.notEqual(kernel?.ownerOfTemplates, before);
});

for (const { format, lines } of consoleKinds) {
  test(`${format.id}: a log that the kernel reads has every cell, line and problem that it has without it`, () => {
    const log = fc.array(fc.tuple(lineOf(lines), lineEnd), { minLength: 100, maxLength: 200, size: 'max' });
    fc.assert(
      fc.property(log, (parts) => agree(format, repeated(`${parts.flat().join('')}\n`))),
      { numRuns: 25, seed: 42, endOnFailure: true },
    );
  });
}

test('dicts that the kernel reads are those that are read without it', () => {
  const log = fc.array(fc.tuple(lineOf(dictLines), lineEnd), { minLength: 100, maxLength: 200, size: 'max' });
  fc.assert(
    fc.property(log, (parts) => agree(pythonDictConsole, repeated(`${parts.flat().join('')}\n`))),
    { numRuns: 25, seed: 43, endOnFailure: true },
  );
});

test('a line is to the kernel what it is to its template, whatever form its numbers have', () => {
  const form = fc.constantFrom<Form>('any', 'plain', 'fixed');
  const number = fc.constantFrom(
    '7',
    '12',
    '345',
    '0.5',
    '12.25',
    '.5',
    '5.',
    '-3',
    '1e5',
    '00',
    '1.2.3',
    '',
    'nan',
    '9 ',
  );
  const part = fc.constantFrom('a', ' loss:', '  ', ' ', ' - a long name that takes more than sixteen bytes:', 'x');
  const slot = fc.record({ part, own: fc.constantFrom('7', '12', '0.5', '12.25'), form, isPadded: fc.boolean() });
  const line = fc.record({
    slots: fc.array(slot, { minLength: 1, maxLength: 5 }),
    end: fc.constantFrom('', 'x', ' end'),
  });
  const change = fc.record({
    numbers: fc.array(number, { minLength: 5, maxLength: 5 }),
    blanks: fc.nat(3),
    cut: fc.nat(40),
  });
  fc.assert(
    fc.property(line, fc.array(change, { maxLength: 12 }), ({ slots, end }, changes) => {
      const textOf = (numberAt: (i: number) => string, blanks = ''): string =>
        slots.map(({ part, isPadded }, i) => `${part}${isPadded ? ` ${blanks}` : ''}${numberAt(i)}`).join('') + end;
      let at = 0;
      const places = slots.map(({ part, own, form, isPadded }, goal): Slot => {
        const start = at + part.length + (isPadded ? 1 : 0);
        at = start + own.length;
        return { start, end: at, form, isPadded, goal: goal % 2 === 0 ? goal : null };
      });
      const names = slots.map((_, i) => `n${i}`);
      const own = new TextEncoder().encode(textOf((i) => slots[i]?.own ?? ''));
      const [template, same] = [0, 1].map(
        () => new ByteTemplate(own, places, names, [...names.map(() => -1), 0], false, own.length),
      );
      if (template === undefined || same === undefined) return;
      const known = new KernelTemplates();
      known.add(template.forKernel);
      for (const { numbers, blanks, cut } of changes) {
        const whole = textOf((i) => numbers[i] ?? '', ' '.repeat(blanks));
        const text = cut === 0 ? whole.slice(0, -1) : whole;
        const bytes = new TextEncoder().encode(`\n${text}\n`);
        kernelOfThread()?.load(known, bytes, 0, bytes.length);
        const answer = known.read(0, bytes, 1, bytes.length - 1, template.values);
        const isLike: boolean = same.read(bytes, 1, bytes.length - 1);
        if (answer === isUnsure) continue;
        assert.equal(answer === isAlike, isLike, `${text} after ${new TextDecoder().decode(own)}`);
        if (isLike) assert.deepEqual(template.values.subarray(0, slots.length), same.values.subarray(0, slots.length));
      }
    }),
    { numRuns: 3000, seed: 44 },
  );
});

test('a line that was split is not taken for a longer one that was split before it', () => {
  const lines = 'step:1 - loss:0.50\n'.repeat(200);
  const long = `step:2 - loss:0.25 - ${'x'.repeat(largeBlock)}\n`;
  const text = `${lines}${long}step:3 - loss:0.75\n`;
  const bytes = new TextEncoder().encode(text);
  const table = new Table();
  const parser = verlConsole.open(table, sampleOf(lines));
  const cuts = [0, lines.length + 100, text.length - 5, text.length];
  cuts.slice(1).forEach((cut, i) => {
    parser.feed(bytes.slice(cuts[i], cut));
  });
  assert.deepEqual([...(table.find('loss')?.values.view().slice(-2) ?? [])], [0.25, 0.75]);
});

test('the kernel knows the lines of a log again when it has read another one, and after it forgot them', () => {
  const kernel = kernelOfThread();
  const known = ['loss:5 a', 'kl:7 of b'].map((text) => {
    const line = new TextEncoder().encode(text);
    const start = text.indexOf(':') + 1;
    const slot: Slot = { start, end: start + 1, form: 'any', isPadded: false, goal: 0 };
    const template = new ByteTemplate(line, [slot], ['n'], [0, 0], false, text.length);
    return { line, template, templates: new KernelTemplates() };
  });
  const answerOf = ({ line, template, templates }: (typeof known)[number]): number => {
    kernel?.load(templates, line, 0, line.length);
    return templates.read(0, line, 0, line.length, template.values);
  };
  for (const one of known) one.templates.add(one.template.forKernel);
  assert.deepEqual([...known, ...known].map(answerOf), [isAlike, isAlike, isAlike, isAlike]);
  const [one, other] = known;
  if (one === undefined || other === undefined) return;
  assert.equal(answerOf(one), isAlike);
  one.templates.clear();
  assert.equal(answerOf(one), isUnsure);
  one.templates.add(other.template.forKernel);
  assert.equal(answerOf({ ...other, templates: one.templates }), isAlike);
});

test('two logs that are read in turns do not take each other for their own', () => {
  const logs = ['step:7 - loss:0.5 - lr:1e-05\n', 'step:7 - reward:0.25 - kl:3 - x:4\n'].map((line) => {
    const table = new Table();
    const bytes = new TextEncoder().encode(repeated(line));
    return { table, bytes, parser: verlConsole.open(table, sampleOf('step:7')) };
  });
  for (let i = 0; i < 4; i += 1) for (const { parser, bytes } of logs) parser.feed(bytes);
  assert.deepEqual(
    logs.map(({ table }) => table.columns.map(({ name, values }) => [name, new Set(values.view())])),
    [
      [
        ['step', new Set([7])],
        ['loss', new Set([0.5])],
        ['lr', new Set([1e-5])],
      ],
      [
        ['step', new Set([7])],
        ['reward', new Set([0.25])],
        ['kl', new Set([3])],
        ['x', new Set([4])],
      ],
    ],
  );
});
