import { appendFile, mkdir, open, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LineCache } from './ports.ts';

/** Keeps nothing. */
export const noCache: LineCache = {
  load: () => Promise.resolve(),
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
  const attempt = async (action: () => Promise<void>): Promise<void> => {
    try {
      await action();
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
    }
  };
  return {
    load: (key, each) => attempt(async () => readLines(await fileOf(key), each)),
    append: (key, lines) =>
      attempt(async () => {
        await mkdir(folder, { recursive: true });
        // A line that a crash has cut off stays alone.
        await appendFile(await fileOf(key), `\n${lines.join('\n')}\n`);
      }),
    replace: (key, lines) =>
      attempt(async () => {
        await mkdir(folder, { recursive: true });
        // Renamed into place, so that another reader never sees half of it.
        const file = await fileOf(key);
        const next = `${file}.${process.pid}`;
        await writeFile(next, `${lines.join('\n')}\n`);
        await rename(next, file);
      }),
  };
}

const blockBytes = 1024 * 1024;
/** A longer one was never written. */
const longestLine = 64 * 1024 * 1024;

/** All that is kept of a large folder would be much to have in memory as text. */
async function readLines(path: string, each: (line: string) => void): Promise<void> {
  const file = await open(path);
  try {
    const decoder = new TextDecoder();
    const block = new Uint8Array(blockBytes);
    let rest = '';
    for (;;) {
      const { bytesRead } = await file.read(block, 0, block.length);
      if (bytesRead === 0) break;
      const lines = `${rest}${decoder.decode(block.subarray(0, bytesRead), { stream: true })}`.split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > longestLine) rest = '';
      for (const line of lines) if (line !== '') each(line);
    }
    if (rest !== '') each(rest);
  } finally {
    await file.close();
  }
}
