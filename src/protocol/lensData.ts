import * as v from 'valibot';

/** What a lens of the server carries until it is resolved. */
export interface LensData {
  readonly uri: string;
  /** Of the anchor among those of the config. */
  readonly index: number;
}

export const lensDataCheck: v.GenericSchema<unknown, LensData> = v.object({ uri: v.string(), index: v.number() });
