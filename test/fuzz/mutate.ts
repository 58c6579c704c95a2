import { joinBytes, utf8 } from '../support/encodeProtobuf.ts';
import type { Random } from './random.ts';

/** What logs never hold and readers stumble over. */
const oddities: readonly [string, ...string[]] = [
  '1e999',
  '-1e-999',
  `${'9'.repeat(400)}.5`,
  '0x10',
  'NaN',
  '-Infinity',
  '\u0000',
  '\ufeff',
  '\ud83d\ude00',
  '\u2028',
  '\r',
  '\r\n',
  '\n\n',
  '"',
  '""',
  "'",
  '\\u00',
  '{',
  '}',
  '[',
  '{"__proto__": {"polluted": 1}, "constructor": 2, "toString": 3}',
  '__proto__,constructor,hasOwnProperty\n',
  "{'__proto__': 1, 'loss': 2}",
  '['.repeat(3000),
  '{"a":'.repeat(3000),
  '('.repeat(3000),
  ','.repeat(3000),
  '\t'.repeat(3000),
  ' '.repeat(30_000),
  'a'.repeat(30_000),
  '1 '.repeat(10_000),
  'a=1 '.repeat(5000),
  'a: 1, '.repeat(5000),
  '| '.repeat(5000),
  '-'.repeat(30_000),
  '\u001b['.repeat(3000),
  'Epoch 1/9 '.repeat(2000),
];

/** The log with one to four wounds: bits flipped, bytes lost, doubled, moved, or odd ones put in. */
export function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  let mutant = bytes;
  for (let wounds = 1 + random.below(4); wounds > 0; wounds -= 1) mutant = wound(mutant, random);
  return mutant;
}

function wound(bytes: Uint8Array, random: Random): Uint8Array {
  const from = random.below(bytes.length + 1);
  const to = Math.min(bytes.length, from + 1 + random.below(64));
  const [before, part, after] = [bytes.slice(0, from), bytes.slice(from, to), bytes.slice(to)];
  switch (random.below(8)) {
    case 0:
    case 1: {
      const flipped = bytes.slice();
      if (from < flipped.length) flipped[from] = (flipped[from] ?? 0) ^ (1 << random.below(8));
      return flipped;
    }
    case 2:
      return before;
    case 3:
      return joinBytes(before, after);
    case 4:
      return joinBytes(before, part, part, after);
    case 5:
      return joinBytes(before, after, part);
    case 6:
      return joinBytes(
        before,
        Uint8Array.from(part, () => random.below(256)),
        after,
      );
    default:
      return joinBytes(before, utf8(random.pick(oddities)), part, after);
  }
}
