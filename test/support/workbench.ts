import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Browser, chromium, errors, type FrameLocator, type Locator, type Page } from 'playwright-core';
import { chromiumOptions, ensureChromium } from '../../scripts/support/chromium.mjs';
import { type CodeServer, startCodeServer } from '../../scripts/support/codeServer.mjs';
import { installHost } from '../../scripts/support/installHost.mjs';
import { root, vsix } from '../../scripts/support/paths.mjs';

export type Theme = 'dark' | 'light' | 'high-contrast-dark' | 'high-contrast-light';
export const themes: readonly Theme[] = ['dark', 'light', 'high-contrast-dark', 'high-contrast-light'];

const themeTable = {
  dark: { media: { colorScheme: 'dark', forcedColors: 'none' }, workbenchClass: 'vs-dark' },
  light: { media: { colorScheme: 'light', forcedColors: 'none' }, workbenchClass: 'vs' },
  'high-contrast-dark': { media: { colorScheme: 'dark', forcedColors: 'active' }, workbenchClass: 'hc-black' },
  'high-contrast-light': { media: { colorScheme: 'light', forcedColors: 'active' }, workbenchClass: 'hc-light' },
} as const;

const sizes = { wide: { width: 1400, height: 900 }, narrow: { width: 480, height: 800 } } as const;

/** Two cores that also do other work need long for a window: what is waited for is a condition, never a time. */
const patienceMs = 60_000;
/** Until a menu is gone that has taken a click. */
const menuMs = 1000;

/** code-server asks for this file of the closed build, which it does not have. */
const missingByNature = /\/vsda[^/]*\.(js|wasm)$/;

export interface WorkbenchOptions {
  /** User settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Folder that is copied and opened; samples/ unless given. */
  readonly workspace?: string;
}

/** A real VS Code on a copy of a workspace, with the packaged extension installed, seen through a real browser. */
export class Workbench {
  readonly page: Page;
  /** The copy: tests may write to it. */
  readonly workspace: string;
  /** Errors of the page and failed requests so far; `close` rejects if there is one. */
  readonly troubles: string[] = [];
  readonly #server: CodeServer;
  readonly #browser: Browser;

  private constructor(server: CodeServer, browser: Browser, page: Page) {
    this.#server = server;
    this.#browser = browser;
    this.page = page;
    this.workspace = server.workspace;
    page.on('pageerror', (error) => this.troubles.push(`page error: ${error.message}`));
    page.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? '';
      // A reload aborts what is under way.
      if (reason !== 'net::ERR_ABORTED' && !missingByNature.test(request.url())) {
        this.troubles.push(`request failed: ${request.url()} (${reason})`);
      }
    });
  }

  static async start({ settings = {}, workspace = join(root, 'samples') }: WorkbenchOptions = {}): Promise<Workbench> {
    if (!existsSync(vsix)) throw new Error('ceiling-lens.vsix is not there: run `npm run package` first.');
    await installHost();
    const executablePath = await ensureChromium();
    const server = await startCodeServer({ workspace, vsix, settings });
    try {
      const browser = await chromium.launch({ ...chromiumOptions, executablePath });
      const page = await browser.newPage({ viewport: sizes.wide, colorScheme: 'dark' });
      page.setDefaultTimeout(patienceMs);
      return new Workbench(server, browser, page);
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  /** Opens the workbench anew, with a file of the workspace in its editor if one is named. */
  async open(file?: string): Promise<void> {
    const address = new URL(this.#server.base);
    address.searchParams.set('folder', this.workspace);
    if (file !== undefined) {
      const uri = `vscode-remote://${this.#server.authority}${join(this.workspace, file)}`;
      address.searchParams.set('payload', JSON.stringify([['openFile', uri]]));
    }
    await this.page.goto(String(address));
    await this.#isUp();
    // What is typed before would be lost when the editor comes and takes the focus.
    if (file !== undefined) await this.page.locator('.editor-instance .line-numbers').first().waitFor();
    // Left in the address, the file would be opened once more by a reload.
    address.searchParams.delete('payload');
    await this.page.evaluate((url) => history.replaceState(null, '', url), String(address));
  }

  /** Reloads the window by VS Code's command: only so is everything saved that a user's window would find again. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.runCommand('Developer: Reload Window');
    await loaded;
    await this.#isUp();
  }

  async #isUp(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor();
    // Until the theme's own extension is loaded the page is light and screenshots would show it so.
    await this.page.locator('.monaco-workbench[class*="vscode-theme-"]').waitFor();
  }

  /** Opens a file of the workspace, by its path in it, through quick open, without a reload. */
  async quickOpen(path: string): Promise<void> {
    let row = this.page.locator('.quick-input-list .monaco-list-row');
    for (const part of path.split('/')) row = row.filter({ hasText: part });
    await this.#pick('Control+p', path, row.first());
  }

  /** Runs a command by its exact title in the palette (`Category: Title` where it has a category). */
  async runCommand(title: string): Promise<void> {
    const row = this.page.locator('.quick-input-list .monaco-list-row').filter({
      has: this.page.locator('.label-name').getByText(title, { exact: true }),
    });
    await this.#pick('F1', `>${title}`, row.first());
  }

  /**
   * Types into the quick input that the key opens and clicks the row: Enter might run the row of the list before. A window
   * that is still coming up may empty or close the input, so it is filled again.
   */
  async #pick(key: string, text: string, row: Locator): Promise<void> {
    const input = this.page.locator('.quick-input-widget input[aria-autocomplete]');
    for (let timeout = 3000; ; timeout *= 2) {
      if (!(await input.isVisible())) await this.page.keyboard.press(key);
      try {
        await input.fill(text, { timeout });
        await row.click({ timeout });
        return;
      } catch (error) {
        if (!(error instanceof errors.TimeoutError) || timeout > patienceMs / 2) throw error;
      }
    }
  }

  codeLens(text: string | RegExp): Locator {
    return this.page.locator('.codelens-decoration a', { hasText: text }).first();
  }

  /** A line of the text editor that holds the text. */
  line(text: string | RegExp): Locator {
    return this.page.locator('.editor-instance .view-line', { hasText: text }).first();
  }

  /** Text of the hover over the first word that holds the text, once it matches. */
  async hover(text: string, until: RegExp = /\S/): Promise<string> {
    await this.line(text).locator('span', { hasText: text }).last().hover();
    const widget = this.page.locator('.monaco-hover:not(.hidden)', { hasText: until }).first();
    await widget.waitFor();
    return widget.innerText();
  }

  /** Opens a file that is no text by its row in the explorer: a click that comes while the tree is still built is lost. */
  async openFromExplorer(name: string): Promise<void> {
    const row = this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name });
    const tab = this.page.locator('.tabs-container .tab', { hasText: name });
    for (const end = Date.now() + patienceMs; Date.now() < end; ) {
      await row.dblclick();
      const isOpen = await tab.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      );
      if (isOpen) return;
    }
    throw new Error(`The explorer did not open ${name}.`);
  }

  /** Clicks on an item of the context menu of an element. */
  async chooseFromMenu(element: Locator, title: string): Promise<void> {
    await element.click({ button: 'right' });
    const item = this.page.locator('.monaco-menu .action-item', { hasText: title });
    await item.waitFor();
    // A menu that has only just opened takes no click, so that the one which opened it chooses nothing.
    for (const end = Date.now() + patienceMs; Date.now() < end; ) {
      // It may go while it is clicked on.
      await item.click({ timeout: menuMs }).catch(() => {});
      const isChosen = await item.waitFor({ state: 'detached', timeout: menuMs }).then(
        () => true,
        () => false,
      );
      if (isChosen) return;
    }
    throw new Error(`The menu did not take a click on ${title}.`);
  }

  /** The inner page of the webview that has an element of the selector. */
  async webview(selector: string, limitMs = patienceMs): Promise<FrameLocator> {
    for (const end = Date.now() + limitMs; Date.now() < end; await this.page.waitForTimeout(50)) {
      for (const frame of await this.page.locator('iframe.webview.ready').all()) {
        const inner = frame.contentFrame().frameLocator('iframe#active-frame');
        // A frame that is being replaced rejects: it has none of the selector.
        if (
          (await inner
            .locator(selector)
            .count()
            .catch(() => 0)) > 0
        )
          return inner;
      }
    }
    throw new Error(`No webview showed ${selector} within ${limitMs / 1000} s.`);
  }

  async theme(theme: Theme): Promise<void> {
    const { media, workbenchClass } = themeTable[theme];
    await this.page.emulateMedia(media);
    await this.page.locator(`.monaco-workbench.${workbenchClass}[class*="vscode-theme-"]`).waitFor();
  }

  async resize(size: keyof typeof sizes | { readonly width: number; readonly height: number }): Promise<void> {
    await this.page.setViewportSize(typeof size === 'string' ? sizes[size] : size);
  }

  /** Closes every editor. */
  async closeEditors(): Promise<void> {
    await this.runCommand('View: Close All Editors');
    await this.page.waitForFunction(() => document.querySelector('.editor-group-container .tab') === null);
  }

  /** Writes out/screenshots/NAME.png. */
  async screenshot(name: string): Promise<void> {
    const folder = join(root, 'out/screenshots');
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name}.png`) });
  }

  /** What code-server wrote: the place to look when the extension host fails. */
  serverLog(): string {
    return this.#server.log();
  }

  /** Ends browser and server, then rejects if the page had errors. */
  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.stop();
    if (this.troubles.length > 0) throw new Error(`The workbench had trouble:\n${this.troubles.join('\n')}`);
  }
}

type Check = (title: string, action: (workbench: Workbench) => Promise<void>) => void;

/**
 * One workbench for all tests of a file: started before the first, closed after the last. A test that fails leaves
 * out/screenshots/failed-TITLE.png.
 */
export function onWorkbench(options: WorkbenchOptions = {}): Check {
  let started: Workbench | undefined;
  before(async () => {
    started = await Workbench.start(options);
  });
  after(() => started?.close());
  return (title, action) => {
    test(title, async () => {
      if (started === undefined) throw new Error('The workbench did not start.');
      try {
        await action(started);
      } catch (error) {
        await started.screenshot(`failed-${title.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase()}`);
        throw error;
      }
    });
  };
}
