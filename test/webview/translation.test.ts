import assert from 'node:assert/strict';
import { test } from 'node:test';
import { l10n } from '../../webview/l10n.ts';
import { filledIn, readStrings } from '../../webview/translation.ts';

test('strings are those of the bundle, and English where it is none', () => {
  assert.deepEqual([...readStrings('{"Cancel":"Abbrechen","Retry":3}')], [['Cancel', 'Abbrechen']]);
  for (const json of [undefined, '', 'null', '[', '"Cancel"', '7']) assert.equal(readStrings(json).size, 0);
  assert.equal(l10n.t('Cancel'), 'Cancel');
});

test('values take their places, in any order, and are not looked through for places of their own', () => {
  assert.equal(filledIn('{1} of {0}', ['loss', 7]), '7 of loss');
  assert.equal(filledIn('Direction of {0}', ['{0} $& {1}']), 'Direction of {0} $& {1}');
  assert.equal(filledIn('{0} {2}', ['a']), 'a {2}');
});
