import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { reportSvg } from '../../../src/core/report/reportSvg.ts';
import { buildPrediction, buildSeries } from './buildPrediction.ts';

/** Reads XML as far as its rules of nesting, quoting and escaping go; throws at the first breach. */
function checkWellFormed(xml: string): void {
  const open: string[] = [];
  let at = 0;
  const tag = /<(\/?)([a-z]+)((?:\s+[a-z][\w:-]*="[^"<&]*(?:&(?:amp|lt|gt|quot|#39);[^"<&]*)*")*)\s*(\/?)>/giy;
  while (at < xml.length) {
    const next = xml.indexOf('<', at);
    const between = xml.slice(at, next === -1 ? xml.length : next);
    assert.doesNotMatch(between, /&(?!(amp|lt|gt|quot|#39);)/, between);
    if (next === -1) break;
    tag.lastIndex = next;
    const found = tag.exec(xml);
    assert.ok(found !== null, `no tag at ${xml.slice(next, next + 80)}`);
    const [, closes, name = '', , empty] = found;
    if (closes === '/') assert.equal(open.pop(), name);
    else if (empty !== '/') open.push(name);
    at = tag.lastIndex;
  }
  assert.deepEqual(open, []);
}

test('the picture is one well-formed SVG that needs nothing from elsewhere', () => {
  const svg = reportSvg(buildPrediction());
  checkWellFormed(svg);
  assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox=/);
  assert.doesNotMatch(svg, /<script|href=|url\(|@import|NaN|undefined/);
});

test('it is light or dark as its reader prefers and says its answer to a screen reader', () => {
  const svg = reportSvg(buildPrediction());
  assert.match(svg, /@media \(prefers-color-scheme: dark\)/);
  assert.match(svg, /<title id="title">The solver is heading for 0\.14 \(0\.12–0\.17\)/);
  assert.match(svg, /role="img" aria-labelledby="title desc"/);
});

test('each limit is labelled with its series, its word and its interval', () => {
  const svg = reportSvg(buildPrediction());
  assert.match(svg, />solver floor 0\.14</);
  assert.match(svg, />0\.12–0\.17 \(90\u202f%\)</);
  assert.match(svg, />verifier floor 0\.050</);
});

test('limits that would touch are labelled apart', () => {
  const same = { value: 0.14, lower: 0.12, upper: 0.17, level: 0.9 };
  const svg = reportSvg(
    buildPrediction([
      buildSeries({ limit: same }),
      buildSeries({ role: 'verifier', name: 'v', limit: same }),
      buildSeries({ role: 'gap', name: 'g', limit: same }),
    ]),
  );
  const heights = Array.from(svg.matchAll(/y="([\d.]+)" class="name"/g), ([, y]) => Number(y));
  assert.equal(heights.length, 3);
  heights.slice(1).forEach((y, i) => {
    assert.ok(y - (heights[i] ?? 0) >= 36);
  });
});

test('names out of a log are escaped, and signs that XML forbids are left out', () => {
  const svg = reportSvg(buildPrediction([buildSeries({ name: '</text><script>alert("1")</script>&\u0000\ud800' })]));
  checkWellFormed(svg);
  assert.doesNotMatch(svg, /<script/);
});

test('whatever stands in names and messages, the picture stays well-formed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary-ascii' }), (name, run) => {
      const x = { name, count: 20, first: 0.5, last: 10 };
      checkWellFormed(
        reportSvg(buildPrediction([buildSeries({ name, role: 'none' })], { run, log: name, why: name, x })),
      );
    }),
    { numRuns: 200, seed: 7 },
  );
});

test('standard errors stand at their points, and points without one have none', () => {
  const { report, drawings } = buildPrediction();
  const [first, ...others] = drawings;
  assert.ok(first !== undefined);
  const errors = first.y.map((_, i) => (i === 0 ? Number.NaN : 0.05));
  const svg = reportSvg({ report, drawings: [{ ...first, errors }, ...others] });
  checkWellFormed(svg);
  assert.equal(svg.match(/class="whisker"/g)?.length, first.y.length - 1);
  assert.doesNotMatch(reportSvg({ report, drawings }), /class="whisker"/);
});
