import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where this system keeps what programs may lose: what was read of large folders of samples stays there. */
export function cacheFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const own = 'ceiling-lens';
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), own, 'Cache');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', own);
  const given = env.XDG_CACHE_HOME;
  return join(given === undefined || given === '' ? join(homedir(), '.cache') : given, own);
}
