import type { FromPanel, SavedPanel } from '../src/protocol/panel.ts';

/** What VS Code gives a page, once. */
interface VsCodeApi {
  postMessage(message: FromPanel): void;
  getState(): unknown;
  setState(state: SavedPanel): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

export type Host = VsCodeApi;

export function acquireHost(): Host {
  return acquireVsCodeApi();
}
