import nodeModule from 'node:module';

/**
 * Has Node keep the compiled code of what is loaded from here on, where it can (22.8 and later): compiling is much of what a
 * short command takes. Node tells by itself when code is another, and goes on without where the folder cannot be written.
 * @param folder of this user alone. Node's own choice lies in the folder for temporary files, where on a shared machine
 * anybody could put code to be run by others.
 */
export function keepCompiled(folder: string): void {
  if (!('enableCompileCache' in nodeModule) || typeof nodeModule.enableCompileCache !== 'function') return;
  nodeModule.enableCompileCache(folder);
}
