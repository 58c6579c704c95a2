/** A reader that went away (`| head`) is no error. */
function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EPIPE' || error.code === 'EOF');
}

/** Writes and waits until the text has left the process. */
export function writeOut(stream: NodeJS.WriteStream, text: string): Promise<void> {
  if (text === '') return Promise.resolve();
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

/** One object: on one line for programs, indented for people. Numbers that are not finite become null. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, process.stdout.isTTY ? 2 : undefined)}\n`;
}
