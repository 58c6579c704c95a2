import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumOptions, ensureChromium } from '../../scripts/support/chromium.mjs';
import { root } from '../../scripts/support/paths.mjs';
import type { FromPanel, PanelState, SavedPanel } from '../../src/protocol/panel.ts';
import { readFromPanel, readSavedPanel, toPage } from '../../src/protocol/panelChecks.ts';
import { type ThemeName, themeVariables } from './themeVariables.ts';

const nonce = 'panelPageNonce';
/** The directives that the extension's host gives its page. */
const policy = `default-src 'none'; style-src 'self'; script-src 'nonce-${nonce}'`;

/**
 * What an editor's frame has before the page's script runs: `acquireVsCodeApi`, once, and a state that outlives a reload.
 * Typed arrays come back from JSON as typed arrays.
 */
const frame = `
const sent = [];
let isAcquired = false;
window.acquireVsCodeApi = () => {
  if (isAcquired) throw new Error('An instance of the VS Code API has already been acquired');
  isAcquired = true;
  return {
    postMessage: (message) => {
      window.panelReadyMs ??= performance.now();
      sent.push(message);
    },
    getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
    setState: (state) => sessionStorage.setItem('state', JSON.stringify(state)),
  };
};
window.panelSent = () => sent.splice(0);
window.panelReceive = (json) =>
  window.postMessage(JSON.parse(json, (_, value) => (value?.float64 ? Float64Array.from(value.float64) : value)), '*');
window.panelTheme = (bodyClass, variables) => {
  document.documentElement.style.cssText = '';
  for (const [name, value] of Object.entries(variables)) document.documentElement.style.setProperty('--vscode-' + name, value);
  document.body.className = bodyClass;
};`;

const shell = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="panel.css">
</head>
<body class="vscode-dark">
<script nonce="${nonce}">${frame}</script>
<script nonce="${nonce}" src="theme.js"></script>
<script nonce="${nonce}" src="panel.js"></script>
</body>
</html>`;

/** The panel's own page in a real browser, without an editor around it: what it is sent comes from a test. */
export class PanelPage {
  readonly page: Page;
  /** Errors, refused resources and broken policies so far. */
  readonly troubles: string[] = [];
  readonly #browser: Browser;
  readonly #server: Server;
  readonly #address: string;
  readonly #theme: { name: ThemeName };

  private constructor(browser: Browser, page: Page, server: Server, address: string, theme: { name: ThemeName }) {
    this.page = page;
    this.#browser = browser;
    this.#server = server;
    this.#address = address;
    this.#theme = theme;
    page.on('pageerror', (error) => this.troubles.push(`page error: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.troubles.push(message.text());
    });
    page.on('requestfailed', (request) => this.troubles.push(`request failed: ${request.url()}`));
  }

  static async start(): Promise<PanelPage> {
    const executablePath = await ensureChromium();
    const theme: { name: ThemeName } = { name: 'dark' };
    const { server, address } = await serve(theme);
    try {
      const browser = await chromium.launch({ ...chromiumOptions, executablePath });
      const page = await browser.newPage({ viewport: { width: 920, height: 760 }, colorScheme: 'dark' });
      return new PanelPage(browser, page, server, address, theme);
    } catch (error) {
      server.close();
      throw error;
    }
  }

  /** Opens the page anew, with nothing kept. */
  async open(theme: ThemeName = 'dark'): Promise<void> {
    this.#theme.name = theme;
    await this.page.emulateMedia({ colorScheme: themeVariables(theme).colorScheme });
    await this.page.goto(this.#address);
    await this.page.evaluate(() => sessionStorage.clear());
    await this.reload();
  }

  /** Loads the page anew with what it kept. */
  async reload(): Promise<void> {
    await this.page.goto(this.#address);
    await this.page.locator('main.page').waitFor();
  }

  /** Sends a state as the host does and waits until it is drawn. */
  async send(state: PanelState): Promise<void> {
    await this.drawingTime(state);
  }

  /** Sends a state as the host does; milliseconds from its arrival until the frame that shows it. */
  async drawingTime(state: PanelState): Promise<number> {
    const message = JSON.stringify(toPage({ type: 'state', state }), (_, value: unknown) =>
      value instanceof Float64Array ? { float64: Array.from(value) } : value,
    );
    const time = await this.page.evaluate(
      (json) =>
        new Promise<number>((done) => {
          delete document.body.dataset.ready;
          const start = performance.now();
          new MutationObserver((_, observer) => {
            if (document.body.dataset.ready === undefined) return;
            observer.disconnect();
            requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
          }).observe(document.body, { attributes: true, attributeFilter: ['data-ready'] });
          Reflect.get(window, 'panelReceive')(json);
        }),
      message,
    );
    await this.page.locator(`body[data-ready="${state.kind}"]`).waitFor({ state: 'attached' });
    return time;
  }

  /** Milliseconds from navigation until the page's first message, which says that it is ready. */
  async readyTime(): Promise<number> {
    return this.page.evaluate(() => Number(Reflect.get(window, 'panelReadyMs')));
  }

  /** What the page has sent since the last call. */
  async sent(): Promise<FromPanel[]> {
    const messages: unknown = await this.page.evaluate(() => Reflect.get(window, 'panelSent')());
    return Array.isArray(messages) ? messages.map(readFromPanel) : [];
  }

  /** What the page has kept for a reload. */
  async kept(): Promise<SavedPanel | null> {
    return readSavedPanel(await this.page.evaluate(() => JSON.parse(sessionStorage.getItem('state') ?? 'null')));
  }

  /** Puts on another theme while the page is open, as the editor does. */
  async theme(name: ThemeName): Promise<void> {
    this.#theme.name = name;
    const { bodyClass, variables, colorScheme } = themeVariables(name);
    await this.page.emulateMedia({ colorScheme });
    await this.page.evaluate(([className, values]) => Reflect.get(window, 'panelTheme')(className, values), [
      bodyClass,
      variables,
    ] as const);
    await this.nextFrame();
  }

  async resize(width: number, height = 760): Promise<void> {
    await this.page.setViewportSize({ width, height });
    await this.nextFrame();
  }

  /** Sizes are observed after a frame, and drawn in the next. */
  async nextFrame(): Promise<void> {
    await this.page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))),
    );
  }

  /** Colours of the chart's pixels that are not transparent, with how often each occurs, as `r,g,b`. */
  async chartColours(): Promise<Map<string, number>> {
    const counted = await this.page.locator('.stage canvas').evaluate((canvas) => {
      if (!(canvas instanceof HTMLCanvasElement)) return [];
      // Read from a copy: a canvas that is read often is drawn otherwise.
      const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
      copy?.drawImage(canvas, 0, 0);
      const pixels = copy?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      const counts = new Map<string, number>();
      for (let i = 0; i < pixels.length; i += 4) {
        if (pixels[i + 3] !== 255) continue;
        const colour = `${pixels[i]},${pixels[i + 1]},${pixels[i + 2]}`;
        counts.set(colour, (counts.get(colour) ?? 0) + 1);
      }
      return Array.from(counts);
    });
    return new Map(counted);
  }

  /** Writes out/screenshots/panel/NAME.png, of the whole page. */
  async screenshot(name: string): Promise<void> {
    const folder = join(root, 'out/screenshots/panel');
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  }

  /** Ends browser and server, then rejects if the page had errors. */
  async close(): Promise<void> {
    await this.#browser.close();
    this.#server.close();
    if (this.troubles.length > 0) throw new Error(`The page had trouble:\n${this.troubles.join('\n')}`);
  }
}

async function serve(theme: { readonly name: ThemeName }): Promise<{ server: Server; address: string }> {
  // Bundled as the build does, from the sources as they are.
  const common = { absWorkingDir: root, bundle: true, write: false, minify: true, target: 'chrome128' } as const;
  const [script, style] = await Promise.all([
    build({ ...common, entryPoints: ['webview/main.ts'], format: 'iife' }),
    build({ ...common, entryPoints: ['webview/panel.css'] }),
  ]);
  const answers: Readonly<Record<string, { readonly type: string; readonly body: () => string }>> = {
    '/': { type: 'text/html', body: () => shell },
    '/panel.js': { type: 'text/javascript', body: () => script.outputFiles[0]?.text ?? '' },
    '/panel.css': { type: 'text/css', body: () => style.outputFiles[0]?.text ?? '' },
    '/theme.js': {
      type: 'text/javascript',
      body: () => {
        const { bodyClass, variables } = themeVariables(theme.name);
        return `panelTheme(${JSON.stringify(bodyClass)}, ${JSON.stringify(variables)});`;
      },
    },
  };
  const server = createServer(({ url = '/' }, response) => {
    const answer = answers[url];
    // Asked for by browsers themselves.
    if (answer === undefined) response.writeHead(url === '/favicon.ico' ? 204 : 404).end();
    else response.writeHead(200, { 'content-type': `${answer.type}; charset=utf-8` }).end(answer.body());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The page could not be served.');
  return { server, address: `http://127.0.0.1:${address.port}/` };
}

type Check = (title: string, action: (panel: PanelPage) => Promise<void>) => void;

/**
 * One browser for all tests of a file; each test begins with an empty page in the dark theme at 920 px. A test that fails
 * leaves out/screenshots/panel/failed-TITLE.png.
 */
export function onPanelPage(): Check {
  let started: PanelPage | undefined;
  before(async () => {
    started = await PanelPage.start();
  });
  after(() => started?.close());
  return (title, action) => {
    test(title, async () => {
      if (started === undefined) throw new Error('The browser did not start.');
      await started.resize(920);
      await started.open();
      try {
        await action(started);
      } catch (error) {
        await started.screenshot(`failed-${title.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase()}`);
        throw error;
      }
    });
  };
}
