// Compiles the kernel from AssemblyScript and writes its bytes into the module that carries them, so that nothing has to be
// compiled to run the sources. A test holds the two to each other.
// Usage: node scripts/buildKernel.mjs
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileKernel, kernelModule } from './support/kernel.mjs';
import { root, say } from './support/paths.mjs';

const bytes = await compileKernel();
writeFileSync(join(root, kernelModule.path), kernelModule.textOf(bytes));
say(`${kernelModule.path} carries a kernel of ${bytes.length} bytes.`);
