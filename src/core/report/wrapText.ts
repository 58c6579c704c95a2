import { clipText, textWidth } from './textWidth.ts';

/** Lines of at most so many columns, broken between words; a word that is longer than a line is cut. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  // Not at the narrow space that does not break.
  for (const word of text.split(/[ \t\n]+/).filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (textWidth(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = clipText(word, width);
  }
  return line === '' ? lines : [...lines, line];
}
