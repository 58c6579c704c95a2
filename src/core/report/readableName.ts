const longest = 60;
/** What most names are, and stay. */
const plainWords = /^[!-~]+(?: [!-~]+)*$/;

/** A name out of a log as a sentence can hold it: in one line, without control or direction marks, not endless. */
export function readableName(name: string): string {
  if (name.length <= longest && plainWords.test(name)) return name;
  const plain = name.replace(/[\p{C}\p{Z}]+/gu, ' ').trim();
  if (plain === '') return 'the unnamed series';
  const signs = Array.from(plain);
  return signs.length <= longest ? plain : `${signs.slice(0, longest - 1).join('')}\u2026`;
}
