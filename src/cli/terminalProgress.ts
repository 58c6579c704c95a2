import { type Control, unwatched } from '../core/control.ts';

/** Work that ends sooner needs no word of it. */
const silentMs = 400;
const betweenMs = 100;

export interface TerminalProgress {
  readonly control: Control;
  /** Takes the line away; what comes next begins where it stood. */
  end(): void;
}

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/**
 * Says in one line of a terminal what is being done and how far it is; nothing where the stream is no terminal. Ctrl-C ends
 * the work as it ends any command.
 * @param now milliseconds of any clock that does not go back
 */
export function terminalProgress(stream: Stream, now: () => number): TerminalProgress {
  if (stream.isTTY !== true) return { control: unwatched, end: () => {} };
  const start = now();
  let shownAt = start + silentMs - betweenMs;
  let isShown = false;
  return {
    control: {
      check: () => {},
      progress(fraction, note) {
        const at = now();
        if (at - shownAt < betweenMs) return;
        shownAt = at;
        isShown = true;
        const line = `${note} (${Math.floor(100 * fraction)} %)`;
        stream.write(`\r\u001b[2K${line.slice(0, (stream.columns ?? 80) - 1)}`);
      },
    },
    end() {
      if (isShown) stream.write('\r\u001b[2K');
      isShown = false;
    },
  };
}
