/** A bundle of translations by their English; empty where it is none, so that the page speaks English. */
export function readStrings(json: string | undefined): ReadonlyMap<string, string> {
  const bundle = parsed(json ?? '');
  if (typeof bundle !== 'object' || bundle === null) return new Map();
  return new Map(
    Object.entries(bundle).flatMap(([english, text]: [string, unknown]) =>
      typeof text === 'string' ? [[english, text] as const] : [],
    ),
  );
}

export function filledIn(message: string, values: readonly (string | number)[]): string {
  return message.replace(/\{(\d+)\}/g, (place, index) => String(values[Number(index)] ?? place));
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
