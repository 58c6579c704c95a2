const numbers = /[-+]?(?:\d[\d,]*\.?\d*|\.\d+)(?:e[-+]?\d+)?|[-+]?\b(?:nan|inf)\b/gi;
/** What bars are drawn with grows from line to line. */
const drawn = /[█▏▎▍▌▋▊▉#=>━╸╺\s]+/g;
const endsIn = /(\d+)(?:\.(\d*))?(?:e[-+]?(\d+))?$/i;
/** Longer lines are not compared. */
const longest = 16_384;

/**
 * Whether a last line without its line end is whole all the same: an earlier line reads the same but for its numbers, and
 * the number at the end has at least as many digits as there. A log that was cut falls short of it, or is short of digits.
 */
export function isWholeLine(last: string, earlier: readonly string[]): boolean {
  if (last.length > longest) return false;
  const shape = shapeOf(last);
  const alike = earlier.filter((line) => line.length <= longest && shapeOf(line) === shape);
  if (alike.length === 0) return false;
  const own = digitsAtEnd(last);
  return own === null || alike.some((line) => (digitsAtEnd(line) ?? own).every((least, i) => (own[i] ?? 0) >= least));
}

function shapeOf(line: string): string {
  return line.replace(drawn, ' ').replace(numbers, '0').trim();
}

/** Digits after the point, of the exponent and, where there is no point, before it; null where the line ends otherwise. */
function digitsAtEnd(line: string): readonly number[] | null {
  const found = endsIn.exec(line.trimEnd());
  if (found === null) return null;
  const [, whole = '', fraction, exponent = ''] = found;
  return [fraction?.length ?? 0, exponent.length, fraction === undefined ? whole.length : 0];
}
