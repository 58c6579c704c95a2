import { root } from './paths.mjs';

const entry = 'src/core/formats/simd/assembly/index.ts';
const outFile = 'kernel.wasm';
const options = [
  ...['-O3', '--enable', 'simd', '--runtime', 'stub', '--noAssert', '--use', 'abort='],
  // The kernel lays out its memory itself (layout.ts); the compiler puts nothing there.
  ...['--memoryBase', '32768', '--initialMemory', '147'],
];

/** The module that carries the kernel's bytes, so that nothing has to be compiled to run the sources. */
export const kernelModule = {
  path: 'src/core/formats/simd/kernelBytes.ts',
  textOf: (/** @type {Uint8Array} */ bytes) => {
    const lines =
      Buffer.from(bytes)
        .toString('base64')
        .match(/.{1,110}/g) ?? [];
    return [
      '/** Made from assembly/ by `npm run kernel`; a test says so where it is not. */',
      'export const kernelBytes =',
      ...lines.map((line, i) => `  '${line}'${i === lines.length - 1 ? ';' : ' +'}`),
      '',
    ].join('\n');
  },
};

/** Rejects with what the compiler complains of, warnings among it. */
export async function compileKernel() {
  // The compiler is large, and whoever only wants to know where the kernel lies does without it.
  const { default: asc } = await import('assemblyscript/asc');
  /** @type {Uint8Array} */
  let bytes = new Uint8Array(0);
  const { error, stderr } = await asc.main([entry, '--baseDir', root, '--outFile', outFile, ...options], {
    writeFile: (name, contents) => {
      if (name === outFile && typeof contents !== 'string') bytes = contents;
    },
  });
  const complaints = stderr.toString().trim();
  if (error !== null || complaints !== '' || bytes.length === 0) {
    throw new Error(`${entry} could not be compiled. ${error?.message ?? ''}\n${complaints}`);
  }
  return bytes;
}
