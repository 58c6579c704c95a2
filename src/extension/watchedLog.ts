import type { Uri } from 'vscode';
import { Disposable } from './disposable.ts';
import type { LogFollower } from './logFollower.ts';
import type { PanelChoices, RunStore } from './runStore.ts';

/** A log that is followed and forecast while what is said of it can be seen; unseen it costs nothing. */
export class WatchedLog extends Disposable {
  readonly #uri: Uri;
  readonly #store: RunStore;
  readonly #follower: LogFollower;
  #held: readonly { dispose(): void }[] = [];

  constructor(uri: Uri, { store, follower }: { readonly store: RunStore; readonly follower: LogFollower }) {
    super();
    this.#uri = uri;
    this.#store = store;
    this.#follower = follower;
    this.register({ dispose: () => this.#letGo() });
  }

  /** @param chosen holds from here on, where it is given. */
  see(isSeen: boolean, chosen?: PanelChoices): void {
    if (this.isDisposed || isSeen === this.#held.length > 0) return;
    if (!isSeen) {
      this.#letGo();
      return;
    }
    this.#held = [this.#store.hold(this.#uri, 'forecast'), this.#follower.follow(this.#uri)];
    void this.#store.predict(this.#uri, chosen);
  }

  #letGo(): void {
    for (const one of this.#held) one.dispose();
    this.#held = [];
  }
}
