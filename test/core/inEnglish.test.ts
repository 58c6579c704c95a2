import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { inEnglish } from '../../src/core/inEnglish.ts';

test('names of other languages have their words in English', () => {
  assert.equal(inEnglish('训练损失'), 'train loss');
  assert.equal(inEnglish('验证/准确率'), 'val / accuracy');
  assert.equal(inEnglish('学習損失'), 'train loss');
  assert.equal(inEnglish('검증 정확도'), 'val accuracy');
  assert.equal(inEnglish('Ошибка на обучении'), 'error на train');
});

test('a longer word holds, not one that it begins or ends with', () => {
  for (const name of ['学习率', '學習率', '학습률']) assert.equal(inEnglish(name), 'learning rate');
  assert.equal(inEnglish('错误率'), 'error rate');
});

test('words of Latin letters count whole', () => {
  assert.equal(inEnglish('Verlust'), 'loss');
  assert.equal(inEnglish('Perte (val)'), 'loss (val)');
  for (const name of ['Verlustfunktion', 'expertes', 'perdant', 'pasos', 'superpaso'])
    assert.equal(inEnglish(name), name);
});

test('a name in English stays as it is', () => {
  const words = fc.constantFrom(
    'loss',
    'val',
    'train',
    'acc',
    'step',
    'reward',
    'µ',
    'é',
    'Ä',
    '/',
    '_',
    '@',
    ' ',
    '  ',
    '1',
  );
  fc.assert(
    fc.property(fc.array(words), (parts) => {
      const name = parts.join('');
      assert.equal(inEnglish(name), name);
    }),
  );
});
