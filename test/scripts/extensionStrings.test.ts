import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { bundleFile, extensionBundle, stringsIn } from '../../scripts/support/extensionStrings.mjs';
import { root } from '../../scripts/support/paths.mjs';

test('every string that the extension shows is in its bundle, and no other', () => {
  const bundle = readFileSync(bundleFile, 'utf8').replaceAll('\r\n', '\n');
  assert.equal(bundle, extensionBundle(), 'run `npm run strings`');
  assert.ok(Object.keys(JSON.parse(bundle)).length > 30);
});

test('package.json names the folder of the bundle, and the package holds it', () => {
  assert.equal(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).l10n, './l10n');
  assert.match(readFileSync(join(root, '.vscodeignore'), 'utf8'), /^!l10n\/\*\.json$/m);
});

test('strings are found as they are written, on the same line or the next', () => {
  assert.deepEqual(stringsIn(`l10n.t('Read {0}', name); l10n.t(\n  "It's here"\n); l10n.t('a \\'b\\' \\u00b7')`), [
    'Read {0}',
    "It's here",
    "a 'b' ·",
  ]);
  assert.throws(() => stringsIn('l10n.t(message)'), /as it stands/);
});
