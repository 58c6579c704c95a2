/** One end of a connection that carries structured clones: a worker, a MessagePort, a page. */
export interface Port {
  /** @param transfer buffers that move instead of being copied; they are empty on this side afterwards. */
  post(message: unknown, transfer: readonly ArrayBuffer[]): void;
  onMessage(listener: (message: unknown) => void): void;
}

/** A part of DOM's and Node's AbortSignal: this room has neither's types. */
export interface StopSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
