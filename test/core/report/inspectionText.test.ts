import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspectionText } from '../../../src/core/report/inspectionText.ts';

const style = { width: 120, isUnicode: true, isColoured: false };
const report = {
  schema: 1,
  log: 'a.log',
  isFormatChosen: false,
  bytes: 0,
  runs: [],
  problems: [],
} as const;

test('of what is not recognised no share of sureness is told, but why', () => {
  assert.equal(
    inspectionText({ ...report, format: 'unknown', confidence: 0, because: 'it is empty' }, style),
    'a.log · not recognised: it is empty\n',
  );
  assert.equal(
    inspectionText({ ...report, format: 'csv', confidence: 0.8, because: 'it has a header' }, style),
    'a.log · csv (80\u202f% sure: it has a header)\n',
  );
});
