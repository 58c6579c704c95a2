const spellings: readonly (readonly [sign: string, spelling: string])[] = [
  ['\u2212', '-'],
  ['\u2013', '-'],
  ['\u202f', ' '],
  ['\u221e', 'inf'],
  ['\u2026', '~'],
  ['\u00b7', '-'],
  ['\u00b2', '2'],
];

/** Words of ours for a terminal that knows ASCII only: the signs we use are spelled, any other is a question mark. */
export function plainAscii(text: string): string {
  const spelled = spellings.reduce((line, [sign, spelling]) => line.replaceAll(sign, spelling), text);
  return spelled.replace(/[\u0080-\u{10ffff}]/gu, '?');
}
