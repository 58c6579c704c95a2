// The strings that the extension and its page show, for translators: those of `l10n.t` in their source.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** What translators start from; VS Code looks for bundle.l10n.LANGUAGE.json beside it. */
export const bundleFile = join(root, 'l10n/bundle.l10n.json');

const call = /l10n\.t\(\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)")?/g;

/**
 * @param {string} source
 * @returns {string[]}
 * @throws where a string is made up while the program runs: no bundle can hold it
 */
export function stringsIn(source) {
  return Array.from(source.matchAll(call), ([whole, single, double]) => {
    const text = single ?? double;
    if (text === undefined) throw new Error(`l10n.t needs a string as it stands: ${whole.trim()}`);
    return text.replace(/\\(u[0-9a-f]{4}|.)/gi, (_, sign) =>
      sign.length > 1 ? String.fromCharCode(Number.parseInt(sign.slice(1), 16)) : sign,
    );
  });
}

/** The bundle as it has to be. */
export function extensionBundle() {
  const strings = ['src/extension', 'webview'].flatMap((room) => {
    const folder = join(root, room);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    return files.flatMap((name) => stringsIn(readFileSync(join(folder, name), 'utf8')));
  });
  const sorted = Array.from(new Set(strings)).sort();
  return `${JSON.stringify(Object.fromEntries(sorted.map((text) => [text, text])), null, 2)}\n`;
}
