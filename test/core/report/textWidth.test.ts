import assert from 'node:assert/strict';
import test from 'node:test';
import { readableName } from '../../../src/core/report/readableName.ts';
import { textWidth } from '../../../src/core/report/textWidth.ts';

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

test('every sign is as wide as its class of Unicode says, also where it is not asked', () => {
  for (let unit = 0; unit < 0xd800; unit++) {
    const sign = String.fromCharCode(unit);
    const width = /\p{M}/u.test(sign) ? 0 : wide.test(sign) ? 2 : 1;
    assert.equal(textWidth(sign), width, unit.toString(16));
  }
});

test('a plain name is read as what it is, and blanks of any other are joined', () => {
  assert.equal(readableName('val/loss (ema)'), 'val/loss (ema)');
  assert.equal(readableName(' val  loss\t'), 'val loss');
  assert.equal(readableName('val\u202eloss'), 'val loss');
  assert.equal(readableName('x'.repeat(61)), `${'x'.repeat(59)}\u2026`);
});
