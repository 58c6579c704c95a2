import { readSavedPanel, readToPanel } from '../src/protocol/panelChecks.ts';
import { acquireHost } from './host.ts';
import { Page } from './page.ts';

const host = acquireHost();
const saved = readSavedPanel(host.getState());
const page = new Page(host, saved);
document.body.replaceChildren(page.element);

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  // Other messages of the editor's own frame, and of whoever finds this window, are nothing to this page.
  if (typeof data !== 'object' || data === null || !('type' in data) || data.type !== 'state') return;
  try {
    page.show(readToPanel(data).state);
  } catch (error) {
    page.showTrouble(error instanceof Error ? error.message : String(error));
    // Its stack belongs into the developer tools.
    throw error;
  }
});

host.postMessage({
  type: 'ready',
  kept: saved === null ? null : { log: saved.log, choices: saved.choices, level: saved.level },
});
