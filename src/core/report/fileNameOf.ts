/** Last part of a path or Uri, readable: `file:///runs/my%20run.csv` is `my run.csv`. */
export function fileNameOf(log: string): string {
  const last = log.slice(Math.max(log.lastIndexOf('/'), log.lastIndexOf('\\')) + 1);
  try {
    return /^[a-z][a-z0-9+.-]+:\/\//i.test(log) ? decodeURIComponent(last) : last;
  } catch {
    // URIError: a name with a bare per cent sign is shown as it is.
    return last;
  }
}
