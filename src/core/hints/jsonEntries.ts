import { type Node, parseTree } from 'jsonc-parser';
import { type ConfigEntry, deepest, mostEntries } from './configEntry.ts';

/** Every scalar of a JSON text (comments and trailing commas allowed), in order; what cannot be read is left out. Never throws. */
export function jsonEntries(text: string): ConfigEntry[] {
  const entries: ConfigEntry[] = [];
  const root = treeOf(text);
  if (root !== undefined) walk(root, [], null, entries, text);
  return entries;
}

function treeOf(text: string): Node | undefined {
  try {
    return parseTree(text, [], { allowTrailingComma: true });
  } catch (error) {
    // Some ten thousand nested brackets are more than its recursion takes.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function walk(node: Node, path: readonly string[], key: Node | null, entries: ConfigEntry[], text: string): void {
  if (path.length > deepest || entries.length >= mostEntries) return;
  if (node.type === 'object') {
    for (const { children: [name, value] = [] } of node.children ?? []) {
      if (name !== undefined && value !== undefined) walk(value, [...path, String(name.value)], name, entries, text);
    }
  } else if (node.type === 'array') {
    for (const [i, item] of (node.children ?? []).entries()) walk(item, [...path, String(i)], null, entries, text);
  } else if (key !== null) {
    entries.push({
      path: path.join('.'),
      key: [key.offset, key.offset + key.length],
      range: [node.offset, node.offset + node.length],
      text: scalarText(node, text),
    });
  }
}

function scalarText({ type, value, offset, length }: Node, text: string): string | null {
  if (type === 'null') return null;
  return type === 'string' ? String(value) : text.slice(offset, offset + length);
}
