import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kernelOfThread } from '../../../src/core/formats/simd/kernel.ts';
import * as layout from '../../../src/core/formats/simd/layout.ts';

type Region = readonly [name: string, at: number, bytes: number];

const powers = 46;
const always: readonly Region[] = [
  ['powers', layout.powersAt, 8 * powers],
  ['rests of powers', layout.powerRestsAt, 8 * powers],
  ['tens', layout.tensAt, 8 * 20],
  ['open objects', layout.stackAt, 8 * layout.mostOpen],
  ['masks of digits', layout.digitMasksAt, 32],
  ['count of numbers', layout.numberCountAt, 4],
  ['count of texts', layout.textCountAt, 4],
  ['flags', layout.flagsAt, 4],
  ['count of rows', layout.rowCountAt, 4],
  ['spare number', layout.spareAt, 8],
  ['count of line feeds', layout.feedCountAt, 4],
  ['numbers', layout.numbersAt, 8 * layout.mostNumbers],
  ['their keys', layout.numberKeysAt, 4 * layout.mostNumbers],
  ['texts', layout.textsAt, layout.textBytes * layout.mostTexts],
  ['rows', layout.rowsAt, 8 * layout.rowsAtOnce * layout.mostColumns],
  ['known lines', layout.templatesAt, layout.templatesBytes],
  ['tables of checksums', layout.crcTablesAt, layout.crcTablesBytes],
  ['checksums of lengths', layout.knownSumsAt, 4 * layout.mostKnownSums],
  ['block', layout.blockAt, layout.mostBlock + layout.reach],
  ['first lane', layout.lanesAt, layout.laneBytes + layout.reach],
  ['second lane', layout.lanesAt + layout.laneBytes + layout.reach, layout.laneBytes + layout.reach],
];

/** What one kind of log has beside; the kinds share the place. */
const kinds: Readonly<Record<string, readonly Region[]>> = {
  'JSON records': [
    ['keys', layout.keysAt, layout.keyBytes * layout.mostKeys],
    ['leads', layout.leadsAt, layout.leadsBytes],
  ],
  tables: [['gaps', layout.gapsAt, 4 * layout.mostColumns]],
  consoles: [
    ['marks', layout.marksAt, layout.markBytes * layout.mostMarks],
    ['parted signs', layout.partedAt, 256],
    ['lines', layout.linesAt, layout.lineBytes * layout.mostLines],
  ],
};

for (const [kind, own] of Object.entries(kinds)) {
  test(`nothing that the kernel keeps of ${kind} lies where something else does`, () => {
    const regions = [...always, ...own].toSorted(([, a], [, b]) => a - b);
    for (const [i, [name, at, bytes]] of regions.entries()) {
      const next = regions[i + 1];
      if (next !== undefined) assert.ok(at + bytes <= next[1], `${name} reaches into ${next[0]}`);
      assert.equal(at % 4, 0, name);
    }
  });
}

test('its memory holds all of it, and never grows: arrays that are lent stay what they are', () => {
  const kernel = kernelOfThread();
  const ends = always.map(([, at, bytes]) => at + bytes);
  assert.ok((kernel?.bytes.length ?? 0) >= Math.max(...ends));
  const [first, second] = kernel?.lend() ?? [];
  assert.equal(first?.byteOffset, layout.lanesAt);
  assert.equal(second?.byteOffset, layout.lanesAt + layout.laneBytes + layout.reach);
  assert.equal(kernel?.lend(), null, 'one at a time');
  kernel?.takeBack();
  assert.notEqual(kernel?.lend(), null);
  kernel?.takeBack();
});
