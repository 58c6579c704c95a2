import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LineCache } from './ports.ts';

/** Keeps nothing. */
export const noCache: LineCache = {
  load: () => Promise.resolve([]),
  append: () => Promise.resolve(),
  replace: () => Promise.resolve(),
};

/**
 * Lines in a file a key below a folder that the host gives. Where that cannot be read or written, the work is done without: a
 * full disk is no reason to refuse a forecast.
 */
export function diskCache(folder: string): LineCache {
  const fileOf = async (key: string): Promise<string> => {
    // Loading it takes longer than reading a small log.
    const { createHash } = await import('node:crypto');
    return join(folder, `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.jsonl`);
  };
  const attempt = async <T>(action: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await action();
    } catch (error) {
      if (error instanceof Error && 'code' in error) return otherwise;
      throw error;
    }
  };
  return {
    load: (key) =>
      attempt(async () => (await readFile(await fileOf(key), 'utf8')).split('\n').filter((line) => line !== ''), []),
    append: (key, lines) =>
      attempt(async () => {
        await mkdir(folder, { recursive: true });
        await appendFile(await fileOf(key), lines.map((line) => `${line}\n`).join(''));
      }, undefined),
    replace: (key, lines) =>
      attempt(async () => {
        await mkdir(folder, { recursive: true });
        // Renamed into place, so that another reader never sees half of it.
        const file = await fileOf(key);
        const next = `${file}.${process.pid}`;
        await writeFile(next, lines.map((line) => `${line}\n`).join(''));
        await rename(next, file);
      }, undefined),
  };
}
