import { stat } from 'node:fs/promises';
import { RelativePattern, Uri, workspace } from 'vscode';
import { FolderState } from '../core/folderState.ts';
import { Disposable } from './disposable.ts';
import { escapeGlob } from './escapeGlob.ts';
import type { RunStore } from './runStore.ts';
import { workspaceFolders } from './workspaceFolders.ts';

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
  readonly #folder: FolderState;
  #isLooking = false;
  #isAsked = false;
  #lastSeen: string | null = null;
  #soon: NodeJS.Timeout | null = null;

  constructor(uri: Uri, onChange: () => void) {
    super();
    this.#uri = uri;
    this.#onChange = onChange;
    this.#folder = new FolderState(uri.fsPath.replaceAll('\\', '/'), workspaceFolders);
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

  /** One look at a time, and another where something changed meanwhile. */
  async #look(): Promise<void> {
    this.#isAsked = true;
    if (this.#isLooking) return;
    this.#isLooking = true;
    while (this.#isAsked) {
      this.#isAsked = false;
      await this.#lookOnce();
    }
    this.#isLooking = false;
  }

  async #lookOnce(): Promise<void> {
    const seen = await this.#state();
    if (this.isDisposed || seen === this.#lastSeen) return;
    this.#lastSeen = seen;
    this.#onChange();
  }

  /** Size, time and identity, or that it cannot be had; the worker says why when it reads. */
  async #state(): Promise<string> {
    try {
      const { size, mtimeMs, ino, isFolder } = await statOf(this.#uri.fsPath);
      return isFolder ? await this.#folder.look() : `${size} ${mtimeMs} ${ino}`;
    } catch {
      return 'unreadable';
    }
  }
}

async function statOf(path: string) {
  const found = await stat(path);
  return { size: found.size, mtimeMs: found.mtimeMs, ino: found.ino, isFolder: found.isDirectory() };
}
