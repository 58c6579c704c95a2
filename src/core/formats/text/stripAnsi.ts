export const escapeSign = '\u001b';
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sign is what it looks for
const sequence = /\u001b(?:\[[0-9;:?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\^_])/g;

/** The text without colours, cursor moves and titles. */
export function stripAnsi(text: string): string {
  return text.includes(escapeSign) ? text.replace(sequence, '') : text;
}
