import assert from 'node:assert/strict';
import test from 'node:test';
import { evidenceSentence } from '../../../src/core/report/evidenceSentence.ts';
import { buildEvidence } from './buildPrediction.ts';

const plain = (text: string): string => text.replace(/\u202f/g, ' ');

test('an ordinary run says how its own past was forecast', () => {
  assert.equal(
    plain(evidenceSentence(buildEvidence())),
    'On its own past the forecast was off by 2 % of the range, the last value by 10 %.',
  );
});

test('jumps, a new start, lone checkpoints and averages are told', () => {
  const evidence = buildEvidence({
    since: 16,
    checkpoints: 900,
    blocks: 64,
    jumps: [{ x: 150, checkpoint: 16, share: 0.6 }],
    downWeighted: [{ x: 300, y: 5, weight: 0.01 }],
    downWeightedCount: 1,
    past: null,
  });
  assert.equal(
    evidenceSentence(evidence),
    'A jump at checkpoint 16; only checkpoints from 16 on count; one checkpoint stands alone and weighs less (at 300); the limit is weighed on 64 averages.',
  );
});

test('of many, three are named', () => {
  const jumps = [5, 9, 14, 20, 31].map((checkpoint) => ({ x: checkpoint, checkpoint, share: 0.3 }));
  assert.equal(evidenceSentence(buildEvidence({ jumps, past: null })), '5 jumps at checkpoint 5, 9, 14 and 2 more.');
});

test('a run of which there is nothing to tell says nothing', () => {
  assert.equal(evidenceSentence(buildEvidence({ past: null })), '');
});
