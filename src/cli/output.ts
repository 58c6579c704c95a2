/** A reader that went away (`| head`) is no error. */
export function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EPIPE' || error.code === 'EOF');
}

/** Writes and waits until the text has left the process. */
export function writeOut(stream: NodeJS.WriteStream, text: string | Uint8Array): Promise<void> {
  if (text.length === 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const settle = (error?: Error | null): void => {
      stream.off('error', settle);
      if (error === null || error === undefined || isGone(error)) resolve();
      else reject(error);
    };
    stream.on('error', settle);
    stream.write(text, settle);
  });
}
