import type { PanelState, SavedPanel } from '../src/protocol/panel.ts';
import { element } from './element.ts';
import type { Host } from './host.ts';
import { l10n } from './l10n.ts';
import { FailedScreen } from './screens/failedScreen.ts';
import { LoadingScreen } from './screens/loadingScreen.ts';
import { ReadyScreen } from './screens/readyScreen.ts';
import { UnrecognisedScreen } from './screens/unrecognisedScreen.ts';
import { ThemeWatch } from './theme.ts';
import { ViewStore } from './viewStore.ts';

/** The whole page: one screen a kind of state, of which one is seen. A screen once made is kept, and what is set in it. */
export class Page {
  readonly element = element('main', { class: 'page' });
  readonly #host: Host;
  readonly #theme: ThemeWatch;
  readonly #views: ViewStore;
  readonly #loading: LoadingScreen;
  readonly #failed: FailedScreen;
  #ready: ReadyScreen | null = null;
  #unrecognised: UnrecognisedScreen | null = null;
  /** Log of what the ready screen holds. */
  #readyLog: string | null = null;
  #log = '';

  constructor(host: Host, saved: SavedPanel | null) {
    this.#host = host;
    this.#theme = new ThemeWatch(this.element);
    this.#views = new ViewStore(host, saved);
    this.#loading = new LoadingScreen(host);
    this.#failed = new FailedScreen(host);
    this.#loading.show({ log: saved?.log ?? '', note: l10n.t('Opening the log'), fraction: null });
    this.#see(this.#loading.element);
  }

  show(state: PanelState): void {
    this.#log = state.log;
    this.#views.follow(state);
    switch (state.kind) {
      case 'loading':
        // What was forecast before stays in view while the log is read again.
        if (this.#ready !== null && this.#readyLog === state.log) {
          this.#ready.showProgress(state);
          this.#see(this.#ready.element);
        } else {
          this.#loading.show(state);
          this.#see(this.#loading.element);
        }
        break;
      case 'failed':
        this.#failed.show(state);
        this.#see(this.#failed.element);
        break;
      case 'unrecognised':
        this.#unrecognised ??= new UnrecognisedScreen(this.#host, this.#views);
        this.#unrecognised.show(state);
        this.#see(this.#unrecognised.element);
        break;
      case 'ready':
        if (this.#ready === null || this.#readyLog !== state.log) {
          this.#ready?.dispose();
          this.#ready = new ReadyScreen(this.#host, this.#views, this.#theme);
          this.#readyLog = state.log;
        }
        this.#see(this.#ready.element);
        this.#ready.show(state);
        break;
    }
    document.body.dataset.ready = state.kind;
  }

  /** A fault of the program itself, said where the user looks. */
  showTrouble(message: string): void {
    this.#failed.show({ log: this.#log, message: l10n.t('The panel could not draw what it was sent. {0}', message) });
    this.#see(this.#failed.element);
    document.body.dataset.ready = 'failed';
  }

  #see(screen: HTMLElement): void {
    if (this.element.firstChild !== screen || this.element.childNodes.length !== 1)
      this.element.replaceChildren(screen);
  }
}
