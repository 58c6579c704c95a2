import { fstatSync, write } from 'node:fs';
import { isGone, writeOut } from './output.ts';

const out = 1;
const error = 2;

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const noTerminal: Stream = { isTTY: false, write: () => {} };

/** Standard output as what it shows. Where it is no terminal beyond doubt, Node's stream of it is not made. */
export const shownOut = (): Stream => (isPlain(out) ? noTerminal : process.stdout);
export const shownError = (): Stream => (isPlain(error) ? noTerminal : process.stderr);

/**
 * Writes what a command that ends now has to say, and waits until it has left the process: to a pipe or a file as to any other,
 * because for its streams Node loads all that a network needs, which takes as long as a forecast of some checkpoints.
 */
export async function writeResult(text: string): Promise<void> {
  const rest = text !== '' && isPlain(out) ? await writePlain(out, Buffer.from(text)) : text;
  // Asking for the stream makes it.
  if (rest.length > 0) await writeOut(process.stdout, rest);
}

/** A pipe, a socket or a file. */
function isPlain(descriptor: number): boolean {
  try {
    const state = fstatSync(descriptor);
    return state.isFIFO() || state.isSocket() || state.isFile();
  } catch {
    return false;
  }
}

/** Resolves to what a pipe does not take without waiting: only a stream can wait for it. */
function writePlain(descriptor: number, bytes: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const writeFrom = (offset: number): void => {
      write(descriptor, bytes, offset, bytes.length - offset, null, (failed, count) => {
        if (failed === null) {
          if (offset + count < bytes.length) writeFrom(offset + count);
          else resolve(Buffer.alloc(0));
        } else if (failed.code === 'EAGAIN') resolve(bytes.subarray(offset));
        else if (isGone(failed)) resolve(Buffer.alloc(0));
        else reject(failed);
      });
    };
    writeFrom(0);
  });
}
