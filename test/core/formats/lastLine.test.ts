import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isWholeLine } from '../../../src/core/formats/text/lastLine.ts';

const earlier = ['Epoch 8 | loss: 0.5012 | acc: 0.75', 'saved', 'Epoch 9 | loss: 0.4012 | acc: 0.81'];

const lines: readonly (readonly [line: string, isWhole: boolean, why: string])[] = [
  ['Epoch 10 | loss: 0.3012 | acc: 0.83', true, 'it reads as the lines before it'],
  ['Epoch 10 | loss: 0.3012 | acc: 0.8', false, 'its last number has fewer digits than theirs'],
  ['Epoch 10 | loss: 0.3012', false, 'it is shorter than they are'],
  ['Epoch 10 | loss: 0.3012 | ac', false, 'a name is cut'],
  ['something else 1.5', false, 'no line before it reads like that'],
];

for (const [line, isWhole, why] of lines) {
  test(`a last line is ${isWhole ? 'whole' : 'cut'} where ${why}`, () => {
    assert.equal(isWholeLine(line, earlier), isWhole);
  });
}

test('a bar that has grown reads as the bars before it', () => {
  assert.ok(isWholeLine('50%|█████  | 5/10 [00:05<00:05, loss=0.50]', ['40%|████   | 4/10 [00:04<00:06, loss=0.60]']));
});

test('an integer at the end counts as whole with as many digits, an exponent with all of its own', () => {
  assert.equal(isWholeLine('reward: 48', ['reward: 120']), false);
  assert.equal(isWholeLine('reward: 148', ['reward: 120']), true);
  assert.equal(isWholeLine('lr 1.0e-0', ['lr 1.0e-05']), false);
});
