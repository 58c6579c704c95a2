import { readableName } from '../src/core/report/readableName.ts';

/** Last part of a Uri or path, as people name a log. */
export function fileName(log: string): string {
  const last =
    log
      .replace(/[\\/]+$/, '')
      .split(/[\\/]/)
      .at(-1) ?? log;
  try {
    return readableName(decodeURIComponent(last));
  } catch (error) {
    // A path with a bare per cent sign is no Uri.
    if (error instanceof URIError) return readableName(last);
    throw error;
  }
}
