import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseColour, toCss, withContrast } from '../../webview/colour.ts';

test('colours are read as themes write them', () => {
  const red = { red: 255, green: 0, blue: 0, alpha: 1 };
  for (const text of ['#f00', '#ff0000', ' #FF0000ff', 'rgb(255, 0, 0)', 'rgb(255 0 0 / 100%)']) {
    assert.deepEqual(parseColour(text), red, text);
  }
  assert.deepEqual(parseColour('rgba(0, 128, 0, 0.5)'), { red: 0, green: 128, blue: 0, alpha: 0.5 });
  for (const text of ['', 'red', '#ff', 'rgb(a, b, c)', 'url(x)']) assert.equal(parseColour(text), null, text);
});

test('a colour that stands out enough is left alone, another is drawn towards the foreground', () => {
  const read = (text: string) => parseColour(text) ?? assert.fail(text);
  const [white, grey, orange] = [read('#ffffff'), read('#3b3b3b'), read('#d18616')];
  assert.equal(toCss(withContrast(grey, white, grey, 4.5)), toCss(grey));
  // The theme's orange has 2.9 on white.
  const word = withContrast(orange, white, grey, 4.5);
  assert.notEqual(toCss(word), toCss(orange));
  assert.ok(word.red > word.green && word.green > word.blue, 'it is still an orange');
});
