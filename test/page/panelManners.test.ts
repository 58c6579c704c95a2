import assert from 'node:assert/strict';
import { onPanelPage, type PanelPage } from '../support/panelPage.ts';
import { simulatedState } from '../support/simulatedState.ts';

const check = onPanelPage();

const state = simulatedState();

/** What the user sees of the name of what has the focus. */
const focused = (panel: PanelPage) =>
  panel.page.evaluate(() => {
    const at = document.activeElement;
    if (at instanceof HTMLSelectElement) return at.labels[0]?.innerText;
    return at?.getAttribute('aria-roledescription') ?? (at instanceof HTMLElement ? at.innerText : null);
  });

async function press(panel: PanelPage, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await panel.page.keyboard.press(key);
}

check('the Tab key visits the controls, the legend, the chart and the tabs, in this order', async (panel) => {
  await panel.send(state);
  const stops: unknown[] = [];
  for (let i = 0; i < 7; i++) {
    await press(panel, 'Tab');
    stops.push(await focused(panel));
  }
  assert.deepEqual(stops, ['x', 'interval', 'solver', 'verifier', 'gap', 'chart', 'Limits']);
});

check('behind the tabs comes what the open one holds, and nothing that cannot be seen', async (panel) => {
  await panel.send(state);
  await panel.page.getByRole('tab', { name: 'Limits' }).focus();
  await press(panel, 'Tab');
  const at = () => panel.page.evaluate(() => document.activeElement?.id || document.activeElement?.tagName);
  assert.equal(await at(), 'panel-limits');
  await press(panel, 'Tab');
  assert.equal(await at(), 'BODY');
});

check('in high contrast the selected tab has a mark of its own', async (panel) => {
  await panel.send(state);
  for (const [theme, colour] of [
    ['high-contrast-dark', 'rgb(243, 133, 24)'],
    ['high-contrast-light', 'rgb(0, 107, 189)'],
  ] as const) {
    await panel.theme(theme);
    const marks = await panel.page.getByRole('tab').evaluateAll((tabs) =>
      tabs.map((tab) => {
        const { borderBottomColor, borderBottomWidth, fontWeight } = getComputedStyle(tab);
        return `${borderBottomWidth} ${borderBottomColor} ${fontWeight}`;
      }),
    );
    assert.equal(marks[0], `3px ${colour} 600`);
    assert.ok(!marks.slice(1).includes(marks[0]));
  }
});

check('what has the focus shows the ring of the theme', async (panel) => {
  await panel.send(state);
  for (let i = 0; i < 6; i++) {
    await press(panel, 'Tab');
    const ring = await panel.page.evaluate(() => {
      const at = document.activeElement;
      const shown = at?.closest('.choice') ?? at;
      return shown === null ? '' : getComputedStyle(shown).outline;
    });
    assert.match(ring, /rgb\(0, 120, 212\) solid/);
  }
});

check('arrow keys read the curve aloud, from now backwards and ahead', async (panel) => {
  await panel.send(state);
  await panel.page.locator('.stage').focus();
  const live = panel.page.locator('.chart [aria-live=polite]');
  await press(panel, 'ArrowLeft');
  assert.match(await live.innerText(), /^epoch 9\.5: solver 0\.\d+, verifier 0\.\d+, gap 0\.\d+$/);
  await press(panel, 'ArrowLeft');
  assert.match(await live.innerText(), /^epoch 9: solver/);
  await press(panel, 'End');
  assert.match(await live.innerText(), /^epoch 19 · forecast: solver 0\.\d+ \(0\.\d+–0\.\d+\)/);
  await press(panel, 'Home');
  assert.match(await live.innerText(), /^epoch 0: solver 1/);
});

check('keys zoom, and Escape shows all of it again', async (panel) => {
  await panel.send(state);
  await panel.page.locator('.stage').focus();
  await press(panel, 'ArrowLeft', '+', '+');
  const zoom = (await panel.kept())?.view?.zoom ?? assert.fail('nothing was zoomed');
  assert.ok(zoom.min < 9.5 && zoom.max > 9.5, JSON.stringify(zoom));
  await press(panel, 'Escape');
  assert.equal((await panel.kept())?.view?.zoom, null);
});

check('series are switched by the keyboard, tabs by arrows, without losing the focus', async (panel) => {
  await panel.send(state);
  await panel.page.getByRole('button', { name: 'gap', exact: true }).focus();
  await press(panel, 'Space');
  assert.equal(await focused(panel), 'gap');
  assert.deepEqual((await panel.kept())?.view?.hidden, ['gap']);
  await panel.page.getByRole('tab', { name: 'Limits' }).focus();
  await press(panel, 'ArrowRight', 'ArrowRight');
  assert.equal(await focused(panel), 'Dynamics');
  assert.ok(await panel.page.getByRole('tabpanel', { name: 'Dynamics' }).isVisible());
  await press(panel, 'ArrowLeft', 'Home', 'ArrowLeft');
  assert.equal(await focused(panel), 'Table');
});

check('another theme is put on while the page is open: words, marks and canvas', async (panel) => {
  await panel.send(state);
  const mark = () => panel.page.locator('.legend .mark.solver').evaluate((svg) => getComputedStyle(svg).fill);
  const seen = new Map<string, string>();
  for (const theme of ['dark', 'light', 'high-contrast-dark', 'high-contrast-light'] as const) {
    await panel.theme(theme);
    const ground = await panel.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    seen.set(theme, `${ground} ${await mark()}`);
    const [, ink = ''] = /rgb\((.*)\)/.exec(await mark()) ?? [];
    assert.ok(((await panel.chartColours()).get(ink.replaceAll(' ', '')) ?? 0) > 100, `${theme}: ${ink} is not drawn`);
  }
  assert.deepEqual(Object.fromEntries(seen), {
    dark: 'rgb(31, 31, 31) rgb(89, 164, 249)',
    light: 'rgb(255, 255, 255) rgb(0, 99, 211)',
    'high-contrast-dark': 'rgb(0, 0, 0) rgb(89, 164, 249)',
    'high-contrast-light': 'rgb(255, 255, 255) rgb(0, 99, 211)',
  });
});

check('forced colours are heard of while the page is open', async (panel) => {
  await panel.send(state);
  await panel.page.emulateMedia({ forcedColors: 'active' });
  await panel.page.locator('main.high-contrast').waitFor();
  await panel.page.emulateMedia({ forcedColors: 'none' });
  await panel.page.locator('main:not(.high-contrast)').waitFor();
});

check('nothing moves where motion is not wanted', async (panel) => {
  await panel.send(state);
  const duration = () =>
    panel.page.locator('.way .bar > div').evaluate((bar) => getComputedStyle(bar).transitionDuration);
  assert.equal(await duration(), '0.12s');
  await panel.page.emulateMedia({ reducedMotion: 'reduce' });
  assert.equal(await duration(), '0s');
  await panel.page.emulateMedia({ reducedMotion: 'no-preference' });
  await panel.page.evaluate(() => document.body.classList.add('vscode-reduce-motion'));
  assert.equal(await duration(), '0s');
});

check(
  'narrow: controls behind one button, limits in the legend, series, limit and verdict in the table',
  async (panel) => {
    await panel.resize(479);
    await panel.send(state);
    const x = panel.page.locator('header').getByLabel('x', { exact: true });
    assert.equal(await x.isVisible(), false);
    await panel.page.getByRole('button', { name: 'Axis and interval' }).click();
    assert.ok(await x.isVisible());
    assert.match(await panel.page.locator('.legend').innerText(), /solver\s*floor 0\.\d+, 0\.\d+–0\.\d+ \(90.%\)/);
    assert.deepEqual(
      await panel.page.getByRole('table', { name: 'Limits' }).getByRole('columnheader').allInnerTexts(),
      ['series', 'limit', 'verdict'],
    );
  },
);

for (const width of [1400, 920, 600, 480, 320, 200]) {
  check(`at ${width} px nothing is wider than the page`, async (panel) => {
    await panel.resize(width);
    await panel.send(state);
    for (const tab of ['Alternatives', 'Dynamics', 'Data', 'Table', 'Limits']) {
      await panel.page.getByRole('tab', { name: tab }).click();
      const over = await panel.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `${tab} is ${over} px too wide`);
      // Narrower than a phone a table may be scrolled; the limits never.
      if (width < 320 && tab !== 'Limits') continue;
      for (const box of await panel.page.getByRole('tabpanel', { name: tab }).locator('.scroll').all()) {
        const hidden = await box.evaluate((scroll) => scroll.scrollWidth - scroll.clientWidth);
        assert.ok(hidden <= 0, `${hidden} px of a table in ${tab} are cut`);
      }
    }
    const stage = (await panel.page.locator('.stage').boundingBox()) ?? assert.fail('there is no chart');
    assert.ok(stage.height >= 200 && stage.width / stage.height < 3.2, `${stage.width} × ${stage.height}`);
  });
}

check('a long name gives way: to its value, to its limit, to the width of the page', async (panel) => {
  await panel.resize(320);
  await panel.send(
    simulatedState({ solverName: 'a/very/long/name/that/someone/gave/to/a/metric_mean@8', role: 'none' }),
  );
  await panel.page.locator('.stage').hover({ position: { x: 100, y: 100 } });
  assert.ok(await panel.page.locator('.readout').isVisible());
  assert.ok((await panel.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);
  const table = panel.page.getByRole('tabpanel', { name: 'Limits' }).locator('.scroll');
  assert.ok((await table.evaluate((scroll) => scroll.scrollWidth - scroll.clientWidth)) <= 0);
});

check('the chart follows the size of the panel', async (panel) => {
  await panel.send(state);
  const width = () => panel.page.locator('.stage canvas').evaluate((canvas) => canvas.clientWidth);
  assert.equal(await width(), 880);
  await panel.resize(600);
  await panel.page.waitForFunction(() => document.querySelector('.stage canvas')?.clientWidth === 560);
});

check('numbers stand in tabular figures, ranges in one line', async (panel) => {
  await panel.send(state);
  const style = await panel.page.locator('h1').evaluate((h1) => getComputedStyle(h1).fontVariantNumeric);
  assert.equal(style, 'tabular-nums');
  await panel.resize(300);
  for (const range of await panel.page.locator('h1 .whole').all()) {
    assert.equal(await range.evaluate((span) => span.getClientRects().length), 1);
  }
});
