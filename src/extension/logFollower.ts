import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RelativePattern, Uri, workspace } from 'vscode';
import { Disposable } from './disposable.ts';
import { escapeGlob } from './escapeGlob.ts';
import type { RunStore } from './runStore.ts';

const pollMs = 1000;
/** Several appends come as one event or as many; they are read together. */
const coalesceMs = 80;

/** Reads on when a log that something shows has grown, was replaced or vanished. */
export class LogFollower extends Disposable {
  readonly #store: RunStore;
  readonly #followed = new Map<string, { readonly log: FollowedLog; followers: number }>();

  constructor(store: RunStore) {
    super();
    this.#store = store;
  }

  /** Follows the log until the last of its followers has been disposed. */
  follow(uri: Uri): { dispose(): void } {
    const key = String(uri);
    const entry = this.#followed.get(key) ?? {
      log: this.register(new FollowedLog(uri, () => this.#store.refresh(uri))),
      followers: 0,
    };
    this.#followed.set(key, entry);
    entry.followers += 1;
    let isFollowing = true;
    return {
      dispose: () => {
        if (!isFollowing) return;
        isFollowing = false;
        entry.followers -= 1;
        if (entry.followers > 0) return;
        this.#followed.delete(key);
        this.release(entry.log);
      },
    };
  }

  isFollowing(uri: Uri): boolean {
    return this.#followed.has(String(uri));
  }
}

/** A watcher for speed and a poll beside it: on network disks events get lost. */
class FollowedLog extends Disposable {
  readonly #uri: Uri;
  readonly #onChange: () => void;
  #lastSeen: string | null = null;
  #soon: NodeJS.Timeout | null = null;

  constructor(uri: Uri, onChange: () => void) {
    super();
    this.#uri = uri;
    this.#onChange = onChange;
    const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
    const watcher = this.register(
      workspace.createFileSystemWatcher(new RelativePattern(Uri.joinPath(uri, '..'), escapeGlob(name))),
    );
    const look = () => {
      this.#soon ??= setTimeout(() => {
        this.#soon = null;
        void this.#look();
      }, coalesceMs);
    };
    this.register(watcher.onDidChange(look));
    this.register(watcher.onDidCreate(look));
    this.register(watcher.onDidDelete(look));
    const poll = setInterval(() => void this.#look(), pollMs);
    this.register({
      dispose: () => {
        clearInterval(poll);
        if (this.#soon !== null) clearTimeout(this.#soon);
      },
    });
    void this.#look();
  }

  async #look(): Promise<void> {
    const seen = await stateOf(this.#uri.fsPath);
    if (this.isDisposed || seen === this.#lastSeen) return;
    this.#lastSeen = seen;
    this.#onChange();
  }
}

/** Size, time and identity, or that it cannot be had; the worker says why when it reads. */
async function stateOf(path: string): Promise<string> {
  try {
    const { size, mtimeMs, ino, isFolder } = await statOf(path);
    return isFolder ? await stateOfFolder(path) : `${size} ${mtimeMs} ${ino}`;
  } catch {
    return 'unreadable';
  }
}

async function statOf(path: string) {
  const found = await stat(path);
  return { size: found.size, mtimeMs: found.mtimeMs, ino: found.ino, isFolder: found.isDirectory() };
}

/** Levels of folders below one that are looked at: `completions/train`. */
const deepest = 2;
/** A file that was just made is still being written; what its folder says does not change with it. */
const writtenWithinMs = 20_000;
const lookAgainMs = 5000;

/** The times of a folder and of those below, which change when a file comes; for a while after that, the time of the day. */
async function stateOfFolder(path: string): Promise<string> {
  let level = [path];
  const times: number[] = [];
  for (let depth = 0; depth <= deepest && level.length > 0; depth += 1) {
    const folders = await Promise.all(
      level.map(async (folder) => {
        times.push((await statOf(folder)).mtimeMs);
        const entries = depth < deepest ? await readdir(folder, { withFileTypes: true }) : [];
        return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
      }),
    );
    level = folders.flat();
  }
  const now = Date.now();
  const isWritten = now - Math.max(...times) < writtenWithinMs;
  return `${times.join(' ')} ${isWritten ? Math.floor(now / lookAgainMs) : ''}`;
}
