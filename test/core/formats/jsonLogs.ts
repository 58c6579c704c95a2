import fc from 'fast-check';

/** Beginnings of one another, escapes, what is longer in bytes than in signs, and what objects have anyway. */
export const names = [
  'step',
  'loss',
  'los',
  'loss_2',
  'a',
  '',
  'é\u{1f600}',
  'x\\"y',
  '\\u0061b',
  '__proto__',
  'eval',
  'config',
  'type',
];
const numbers = [
  '0',
  '-1',
  '0.25',
  '-0.30000000000000004',
  '1e-5',
  '1760000000.5324848',
  '12345678901234567890.5',
  '.5',
];
const words = [
  'null',
  'true',
  'False',
  'None',
  'NaN',
  '-Infinity',
  '"0.5"',
  '""',
  '"config"',
  '[]',
  '{}',
  'nulL',
  '1 2',
];
const texts = ['"loss": 3', '\\"loss\\": 9, ', '{\\"step\\": 1}', '\\\\', '{[}]', 'é', '\\u00e9\\n', 'a, b'];
const blanks = fc.constantFrom('', '', '', ' ', '\t', '  ');

/** One object as writers write it, and as nobody does: other blanks, a name twice, the same name below. */
const record: fc.Arbitrary<string> = fc.letrec<{ object: string; value: string }>((tie) => ({
  value: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...numbers) },
    { weight: 2, arbitrary: fc.double().map(String) },
    { weight: 2, arbitrary: fc.constantFrom(...words) },
    { weight: 1, arbitrary: fc.constantFrom(...texts).map((text) => `"${text}"`) },
    { weight: 1, arbitrary: fc.constant('[0.5, -1, NaN]') },
    { weight: 1, arbitrary: tie('object') },
  ),
  object: fc
    .tuple(
      fc.array(fc.tuple(fc.constantFrom(...names), blanks, blanks, tie('value'), blanks), { maxLength: 7 }),
      fc.constantFrom(', ', ', ', ',', ' ,\t'),
    )
    .map(
      ([members, between]) =>
        `{${members.map(([name, a, b, value, c]) => `"${name}"${a}:${b || ' '}${value}${c}`).join(between)}}`,
    ),
})).object;

/** Lines of a few kinds that come again and again, so that they are predicted, with other values and now and then torn. */
export const jsonLog: fc.Arbitrary<readonly string[]> = fc
  .tuple(
    fc.array(record, { minLength: 1, maxLength: 4 }),
    fc.array(fc.tuple(fc.nat(3), fc.constantFrom(...numbers), fc.nat(9), fc.nat(200)), { minLength: 1, maxLength: 30 }),
    fc.constantFrom('\n', '\n', '\r\n'),
  )
  .map(([kinds, lines, lineEnd]) =>
    lines
      .map(([kind, number, luck, cut]) => {
        const line = (kinds[kind % kinds.length] ?? '').replace(/-?\d+\.\d+/, number);
        if (luck === 0) return line.slice(0, cut);
        if (luck === 1) return `${line.slice(0, cut)}${line}`;
        return luck === 2 ? `INFO ${line} ${line}` : line;
      })
      .map((line) => `${line}${lineEnd}`),
  );
