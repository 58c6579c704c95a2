import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { Refusal } from '../core/problem.ts';
import { forReading } from './forReading.ts';
import type { ByteSource, FileState } from './ports.ts';

/** Bytes of a file on the disk, read by offset. The file is opened anew for each state, so that a replaced one is seen. */
export class FileSource implements ByteSource {
  readonly name: string;
  #handle: FileHandle | null = null;
  #identity = '';

  constructor(path: string) {
    this.name = path;
  }

  async state(): Promise<FileState> {
    const handle = await this.#attempt(() => open(this.name, forReading));
    try {
      const { size, mtimeMs, ino, dev, isFile } = await statOf(handle);
      if (!isFile) {
        throw new Refusal(
          'not-a-file',
          `${this.name} is no file but a pipe or a device; name a log file or a run folder, or write - for LOG and pipe it in.`,
        );
      }
      const identity = `${dev}:${ino}`;
      if (identity === this.#identity && this.#handle !== null) await handle.close();
      else {
        await this.#handle?.close();
        this.#handle = handle;
        this.#identity = identity;
      }
      return { size, modifiedMs: mtimeMs, identity };
    } catch (error) {
      if (handle !== this.#handle) await handle.close();
      throw error;
    }
  }

  async read(offset: number, into: Uint8Array): Promise<number> {
    const handle = this.#handle;
    if (handle === null) throw new Error(`${this.name} was read before its state was asked for.`);
    return (await this.#attempt(() => handle.read(into, 0, into.length, offset))).bytesRead;
  }

  async close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = null;
    this.#identity = '';
    await handle?.close();
  }

  async #attempt<T>(action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (error) {
      const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
      if (code === null) throw error;
      throw new Refusal('unreadable', unreadable(this.name, code));
    }
  }
}

async function statOf(handle: FileHandle) {
  const stat = await handle.stat();
  return { size: stat.size, mtimeMs: stat.mtimeMs, ino: stat.ino, dev: stat.dev, isFile: stat.isFile() };
}

function unreadable(name: string, code: string): string {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return `${name} is not there; check the path, or wait until the run has written it.`;
    case 'EISDIR':
      return `${name} is a folder; name a log file in it.`;
    case 'EACCES':
    case 'EPERM':
      return `${name} may not be read by this user; change its permissions.`;
    default:
      return `${name} could not be read (${code}).`;
  }
}
