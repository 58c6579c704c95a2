// Installs what the tests in a real VS Code need, ahead of time (`npm test` does it by itself).
import { ensureChromium } from './support/chromium.mjs';
import { installHost } from './support/installHost.mjs';
import { say } from './support/paths.mjs';

await installHost();
say(`code-server is installed; the browser is ${await ensureChromium()}.`);
