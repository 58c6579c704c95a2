// Packages dist/ (built before) as ceiling-lens.vsix.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { bestNode, root, say, vsix } from './support/paths.mjs';
import { run } from './support/processes.mjs';

const limitBytes = 1_500_000;

const node = bestNode();
const version = (await run(node, ['-p', 'process.versions.node'], { keep: true })).output.trim();
if (Number.parseInt(version, 10) < 22) {
  say(`Packaging needs Node 22 or later, and this is Node ${version}: install a newer one.`);
  process.exit(1);
}
const { code } = await run(
  node,
  [
    join(root, 'node_modules/@vscode/vsce/vsce'),
    ...['package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', vsix],
  ],
  { cwd: root, limitMs: 120_000 },
);
if (code !== 0) process.exit(code);
const { size } = statSync(vsix);
say(`ceiling-lens.vsix has ${(size / 1000).toFixed(0)} kB.`);
if (size > limitBytes) {
  say(`That is over its limit of ${limitBytes / 1000} kB.`);
  process.exit(1);
}
