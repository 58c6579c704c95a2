import { type AST, ParseError, parseTOML } from 'toml-eslint-parser';
import { type ConfigEntry, deepest, mostEntries } from './configEntry.ts';

/** Lines that are left out because they cannot be read; of a text with more nothing is. */
const mostBroken = 20;
/** Signs that are read in all, again behind each such line. */
const mostRead = 1_200_000;

/** A key whose value does not stand behind it. */
const unfinished = /=\s*(?:#.*)?$/;

/** Every scalar of a TOML text, in order; lines that cannot be read are left out. Never throws. */
export function tomlEntries(text: string): ConfigEntry[] {
  const entries: ConfigEntry[] = [];
  const program = programOf(text);
  for (const node of program?.body[0].body ?? []) {
    if (node.type === 'TOMLKeyValue') takeKeyValue(node, [], entries, text);
    else for (const pair of node.body) takeKeyValue(pair, node.resolvedKey.map(String), entries, text);
  }
  return entries;
}

function programOf(text: string): AST.TOMLProgram | null {
  let rest = text;
  const most = Math.min(mostBroken, Math.ceil(mostRead / Math.max(1, text.length)));
  for (let broken = 0; broken <= most; broken += 1) {
    try {
      return parseTOML(rest);
    } catch (error) {
      // Some thousand nested brackets are more than its recursion takes.
      if (error instanceof RangeError) return null;
      if (!(error instanceof ParseError)) throw error;
      const without = withoutLineAt(rest, error.index);
      if (without === null) return null;
      rest = without;
    }
  }
  return null;
}

/**
 * The same text with blanks in place of the line at `index`, of the last one before it where there is nothing in it, or of
 * one whose value is still to be written; null where there is none.
 */
function withoutLineAt(text: string, index: number): string | null {
  let line = lineAt(text, index);
  const above = filledAbove(text, line.start);
  if (above !== null && (line.text.trim() === '' || unfinished.test(above.text))) line = above;
  return line.text.trim() === ''
    ? null
    : text.slice(0, line.start) + ' '.repeat(line.text.length) + text.slice(line.end);
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function lineAt(text: string, at: number): Line {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const feed = text.indexOf('\n', at);
  const end = feed < 0 ? text.length : feed;
  return { start, end, text: text.slice(start, end) };
}

/** The last line above that has something in it. */
function filledAbove(text: string, start: number): Line | null {
  let at = start - 1;
  while (at >= 0 && /\s/.test(text[at] ?? '')) at -= 1;
  return at < 0 ? null : lineAt(text, at);
}

function takeKeyValue(
  { key, value }: AST.TOMLKeyValue,
  above: readonly string[],
  entries: ConfigEntry[],
  text: string,
): void {
  const path = [...above, ...key.keys.map((part) => (part.type === 'TOMLBare' ? part.name : part.value))];
  takeValue(value, path, key, entries, text);
}

function takeValue(
  node: AST.TOMLContentNode,
  path: readonly string[],
  key: AST.TOMLKey,
  entries: ConfigEntry[],
  text: string,
): void {
  if (path.length > deepest || entries.length >= mostEntries) return;
  if (node.type === 'TOMLInlineTable') for (const pair of node.body) takeKeyValue(pair, path, entries, text);
  else if (node.type === 'TOMLArray')
    for (const [i, item] of node.elements.entries()) {
      if (item.type !== 'TOMLValue') takeValue(item, [...path, String(i)], key, entries, text);
    }
  else
    entries.push({
      path: path.join('.'),
      key: key.range,
      range: node.range,
      text: node.kind === 'string' ? node.value : text.slice(...node.range),
    });
}
