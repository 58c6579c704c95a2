import { join } from 'node:path';
import { cacheFolder } from './cacheFolder.ts';
import { keepCompiled } from './keepCompiled.ts';

keepCompiled(join(cacheFolder(process.env, process.platform), 'code'));

void import('./commandLine.ts').then(({ runCommandLine }) => runCommandLine());
