import * as v from 'valibot';

/** Formats that the user chose, by log; kept by the editor over windows, versioned. */
export interface SavedFormats {
  readonly version: 1;
  /** Id of a format by the log's Uri as a string, the last chosen last. */
  readonly formats: readonly (readonly [log: string, format: string])[];
}

const savedFormatsCheck: v.GenericSchema<unknown, SavedFormats> = v.object({
  version: v.literal(1),
  formats: v.array(v.tuple([v.string(), v.string()])),
});

/** null for what another version, or another program, has kept. */
export function readSavedFormats(kept: unknown): SavedFormats | null {
  const { success, output } = v.safeParse(savedFormatsCheck, kept);
  return success ? output : null;
}
