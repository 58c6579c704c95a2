import type { RunChoices } from '../src/core/runs/run.ts';
import type { PanelState, PanelView, SavedPanel } from '../src/protocol/panel.ts';
import type { Host } from './host.ts';

const untouched: PanelView = { zoom: null, tab: null, hidden: [] };
const defaultLevel = 0.9;

/** What the user set, kept by the host so that a reload of the window brings it back. */
export class ViewStore {
  readonly #host: Host;
  #saved: SavedPanel;

  constructor(host: Host, saved: SavedPanel | null) {
    this.#host = host;
    this.#saved = saved ?? { version: 1, log: '', choices: {}, level: defaultLevel };
  }

  get view(): PanelView {
    return this.#saved.view ?? untouched;
  }

  get choices(): RunChoices {
    return this.#saved.choices;
  }

  get level(): number {
    return this.#saved.level;
  }

  /** Takes over which log is shown and with what choices. Another log has a view of its own. */
  follow(state: PanelState): void {
    const isSame = state.log === this.#saved.log;
    const { choices, level, view } = this.#saved;
    const asked = state.kind === 'ready' ? state : isSame ? { choices, level } : { choices: {}, level };
    // Another run or another axis: ranges of the old one mean nothing in it.
    const isSamePicture = isSame && asked.choices.run === choices.run && asked.choices.x === choices.x;
    this.#save({
      version: 1,
      log: state.log,
      choices: asked.choices,
      level: asked.level,
      ...(isSame && view !== undefined ? { view: isSamePicture ? view : { ...view, zoom: null } } : {}),
    });
  }

  changeView(part: Partial<PanelView>): void {
    this.#save({ ...this.#saved, view: { ...this.view, ...part } });
  }

  /** Asks the host for another forecast of the same log. */
  choose(choices: RunChoices, level: number = this.level): void {
    this.#host.postMessage({ type: 'choose', choices, level });
  }

  #save(saved: SavedPanel): void {
    this.#saved = saved;
    this.#host.setState(saved);
  }
}
