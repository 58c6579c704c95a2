import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatX } from '../../webview/formatX.ts';

test('whole numbers stand as they are, others with the digits that tell neighbours apart', () => {
  const epochs = { min: 0, max: 19 };
  assert.deepEqual(
    [0, 0.5, 9.5, 15.3421, 19].map((x) => formatX(x, epochs)),
    ['0', '0.5', '9.5', '15.34', '19'],
  );
  assert.equal(formatX(123_456, { min: 0, max: 200_000 }), '123456');
  assert.equal(formatX(1234.56, { min: 0, max: 2000 }), '1235');
});

test('times since 1970 are not rounded into one', () => {
  const week = { min: 1_700_000_000, max: 1_700_600_000 };
  assert.equal(formatX(1_700_259_200.25, week), '1700259200');
  assert.equal(formatX(1_700_259_200, week), '1700259200');
});

test('large counts are short', () => {
  assert.equal(formatX(12_340_000_000, { min: 0, max: 20_000_000_000 }), '1.234e10');
});
