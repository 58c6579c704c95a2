// `npm start`: from a fresh clone to a forecast in the terminal and a VS Code with the extension on samples/.
// `npm start -- --no-editor` stops after the forecast; `--port N` chooses the port where code-server is used.
import { join } from 'node:path';
import { startCodeServer } from './support/codeServer.mjs';
import { checkNode, ensureDependencies } from './support/dependencies.mjs';
import { findDesktopCode } from './support/desktopCode.mjs';
import { installHost } from './support/installHost.mjs';
import { bestNode, root, say, vsix } from './support/paths.mjs';
import { run } from './support/processes.mjs';

const samples = join(root, 'samples');
const log = 'samples/identified/run.csv';

/** @param {string} doing @param {string} script */
async function step(doing, script) {
  say(doing);
  const { code, output } = await run(bestNode(), [join(root, script)], { cwd: root, keep: true, limitMs: 120_000 });
  if (code !== 0) throw new Error(`That failed:\n${output.trim()}`);
}

async function predictSample() {
  say(`Forecasting a sample run: node dist/cli.js predict ${log}\n`);
  const { code } = await run(process.execPath, ['dist/cli.js', 'predict', log], { cwd: root, limitMs: 60_000 });
  if (code !== 0) throw new Error(`The forecast of ${log} ended with exit code ${code}.`);
  say('');
}

/** @param {string} code its command */
async function openDesktop(code) {
  say(`Opening samples/ in VS Code with Ceiling Lens loaded: open ${log} there and click "Predict ceiling".`);
  // VS Code does not start for root without these two.
  const forRoot =
    process.platform === 'linux' && process.getuid?.() === 0
      ? ['--no-sandbox', `--user-data-dir=${join(root, 'out/vscode')}`]
      : [];
  const args = ['--new-window', `--extensionDevelopmentPath=${root}`, ...forRoot, samples, join(root, log)];
  const opened = await run(code, args, { cwd: root, leave: true });
  if (opened.code !== 0) throw new Error(`${code} ended with exit code ${opened.code}.`);
}

/** @param {number | undefined} port */
async function openCodeServer(port) {
  say('No desktop VS Code was found here, so VS Code will run as a server (code-server) for your browser.');
  await installHost();
  await step('Packaging the extension.', 'scripts/package.mjs');
  const server = await startCodeServer({
    workspace: samples,
    inPlace: true,
    vsix,
    ...(port === undefined ? {} : { port }),
  });
  say(`VS Code is at ${server.base}/?folder=${encodeURI(server.workspace)}`);
  say(`Open ${log} there and click "Predict ceiling". Ctrl+C ends it.`);
  await server.ended;
  throw new Error(`code-server ended by itself:\n${server.log().trim()}`);
}

const args = process.argv.slice(2);
const portAt = args.indexOf('--port');
const port = portAt < 0 ? undefined : Number(args[portAt + 1]);
if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
  say('--port needs a number from 1 to 65535 after it.');
  process.exit(2);
}

try {
  checkNode();
  await ensureDependencies();
  await step('Building.', 'scripts/build.mjs');
  await predictSample();
  if (args.includes('--no-editor')) process.exit(0);
  const code = findDesktopCode();
  if (code === undefined) await openCodeServer(port);
  else await openDesktop(code);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
