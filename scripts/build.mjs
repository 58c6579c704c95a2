// Bundles every runtime into dist/, the in-host test suites into out/hostSuite/, and the soak into out/soak/.
// Usage: node scripts/build.mjs [--check-sizes]
import { chmodSync, existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundles, suites } from './support/bundles.mjs';
import { root, say } from './support/paths.mjs';
import { writeThirdPartyLicenses } from './support/thirdPartyLicenses.mjs';

const hostLimitBytes = 60_000;

const kB = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} kB`;

for (const folder of ['dist', 'out/hostSuite', 'out/soak']) {
  rmSync(join(root, folder), { recursive: true, force: true });
  mkdirSync(join(root, folder), { recursive: true });
}

const present = [...bundles, ...suites].filter(({ entry }) => {
  const exists = existsSync(join(root, entry));
  if (!exists) say(`${entry} is not there yet; its bundle was left out.`);
  return exists;
});
const outcomes = await Promise.allSettled(
  present.map(({ entry, outfile, options }) => build({ ...options, entryPoints: [entry], outfile })),
);
const broken = present.filter((_, index) => outcomes[index]?.status === 'rejected').map(({ entry }) => entry);

for (const { outfile } of bundles.filter(({ outfile }) => existsSync(join(root, outfile)))) {
  say(`${outfile.padEnd(22)} ${kB(statSync(join(root, outfile)).size).padStart(9)}`);
}
const bundled = outcomes
  .slice(0, present.length - suites.length)
  .flatMap((outcome) => (outcome.status === 'fulfilled' ? Object.keys(outcome.value.metafile?.inputs ?? {}) : []));
writeThirdPartyLicenses(bundled, join(root, 'dist/third-party-licenses.txt'));
if (existsSync(join(root, 'dist/cli.js'))) chmodSync(join(root, 'dist/cli.js'), 0o755);

if (broken.length > 0) {
  say(`These could not be bundled: ${broken.join(', ')}.`);
  process.exitCode = 1;
}
if (process.argv.includes('--check-sizes')) {
  const host = join(root, 'dist/extension.js');
  const hostBytes = existsSync(host) ? statSync(host).size : 0;
  if (hostBytes > hostLimitBytes) {
    say(
      `dist/extension.js has ${kB(hostBytes)}, over its limit of ${kB(hostLimitBytes)}: move a part behind a dynamic import.`,
    );
    process.exitCode = 1;
  }
}
