/** Names of a log are few; more than these are texts, for which nothing is kept. */
const mostNames = 4096;

/** Asks once for each name: a console says its names in every line. */
export function byName<T>(ask: (name: string) => T): (name: string) => T {
  let known = new Map<string, T>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const answer = ask(name);
    if (known.size >= mostNames) known = new Map();
    known.set(name, answer);
    return answer;
  };
}
