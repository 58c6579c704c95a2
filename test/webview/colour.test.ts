import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Colour, contrastOf, parseColour, toCss, withContrast } from '../../webview/colour.ts';

test('colours are read as themes write them', () => {
  const red = { red: 255, green: 0, blue: 0, alpha: 1 };
  for (const text of ['#f00', '#ff0000', ' #FF0000ff', 'rgb(255, 0, 0)', 'rgb(255 0 0 / 100%)']) {
    assert.deepEqual(parseColour(text), red, text);
  }
  assert.deepEqual(parseColour('rgba(0, 128, 0, 0.5)'), { red: 0, green: 128, blue: 0, alpha: 0.5 });
  for (const text of ['', 'red', '#ff', 'rgb(a, b, c)', 'url(x)']) assert.equal(parseColour(text), null, text);
});

const read = (text: string): Colour => parseColour(text) ?? assert.fail(text);

/** Of the hexcone: 0 is grey, 1 pure. */
const saturation = ({ red, green, blue }: Colour): number =>
  1 - Math.min(red, green, blue) / Math.max(red, green, blue);

test('a colour that stands out enough is left alone, another is darkened or lightened until it does', () => {
  const [white, grey, orange] = [read('#ffffff'), read('#3b3b3b'), read('#d18616')];
  assert.equal(toCss(withContrast(grey, white, 4.5)), toCss(grey));
  // The orange has 2.9 on white.
  const word = withContrast(orange, white, 4.5);
  assert.notEqual(toCss(word), toCss(orange));
  assert.ok(word.red > word.green && word.green > word.blue, 'it is still an orange');
  assert.ok(saturation(word) > saturation(orange) - 0.02, 'and no brown grey');
});

test('of a highlight only the hue is taken: it stays as strong as an opaque colour', () => {
  // What Dark and Light Modern call the orange of charts.
  const highlight = read('rgba(234, 92, 0, 0.33)');
  for (const ground of [read('#1f1f1f'), read('#ffffff')]) {
    for (const contrast of [3, 4.5]) {
      const ink = withContrast(highlight, ground, contrast);
      assert.equal(ink.alpha, 1);
      assert.ok(saturation(ink) > 0.95, toCss(ink));
    }
  }
});

test('every colour gets its contrast on every ground', () => {
  const channel = fc.integer({ min: 0, max: 255 });
  const colour = fc.record({ red: channel, green: channel, blue: channel, alpha: fc.double({ min: 0, max: 1 }) });
  fc.assert(
    fc.property(colour, colour, fc.constantFrom(3, 4.5), (ink, under, contrast) => {
      const ground = { ...under, alpha: 1 };
      assert.ok(contrastOf(withContrast(ink, ground, contrast), ground) >= contrast);
    }),
  );
});
