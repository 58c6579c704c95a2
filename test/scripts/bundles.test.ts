import assert from 'node:assert/strict';
import test from 'node:test';
import { build } from 'esbuild';
import { bundles, lazyEngineParts } from '../../scripts/support/bundles.mjs';

/** What only some logs or questions need: read from a file of its own when it comes to that. */
const onDemand = /node_modules\/(mathjs|decimal\.js|typed-function|seedrandom|fzstd|hyparquet)\//;
const first = ['dist/cli.js', 'dist/commandLine.js', 'dist/worker.js', 'dist/extension.js', 'dist/server.js'];

const built = Promise.all(
  bundles.map(async ({ entry, outfile, options }) => {
    const { metafile } = await build({ ...options, entryPoints: [entry], outfile, write: false, metafile: true });
    const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
    return { entry, outfile, inputs: Object.keys(metafile.inputs), imports };
  }),
);

test('formulas, Parquet and zstd are in no bundle that is loaded at once, and no database is but our own reader', async () => {
  const all = await built;
  for (const outfile of first) {
    const found = all.find((bundle) => bundle.outfile === outfile);
    assert.ok(found !== undefined, outfile);
    assert.deepEqual(
      found.inputs.filter((input) => onDemand.test(input) || /node_modules\/.*sqlite/i.test(input)),
      [],
      outfile,
    );
  }
});

test('what a bundle loads later lies beside it', async () => {
  const all = await built;
  const names = new Set(all.map(({ outfile }) => outfile.replace('dist/', './')));
  const wanted = all.flatMap(({ imports }) =>
    imports.filter(({ external, path }) => external === true && path.startsWith('.')).map(({ path }) => path),
  );
  assert.ok(wanted.length >= lazyEngineParts.length);
  assert.deepEqual(
    wanted.filter((path) => !names.has(path)),
    [],
  );
});

test('a part that is loaded later brings no error of ours: its class would be another than the one that is caught', async () => {
  for (const { entry, inputs } of await built) {
    if (!lazyEngineParts.includes(entry)) continue;
    assert.deepEqual(
      inputs.filter((input) => /\/(problem|usageError)\.ts$/.test(input)),
      [],
      entry,
    );
  }
});
