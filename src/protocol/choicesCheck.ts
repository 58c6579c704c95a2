import * as v from 'valibot';
import type { RunChoices } from '../core/runs/run.ts';

export const directionCheck = v.picklist(['lower', 'higher', 'none']);
export const roleCheck = v.picklist(['solver', 'verifier', 'gap', 'none']);

const strings = v.array(v.string());

export const choicesCheck: v.GenericSchema<unknown, RunChoices> = v.object({
  format: v.exactOptional(v.string()),
  x: v.exactOptional(v.string()),
  solver: v.exactOptional(v.string()),
  verifier: v.exactOptional(v.string()),
  gap: v.exactOptional(v.string()),
  series: v.exactOptional(strings),
  run: v.exactOptional(v.string()),
  where: v.exactOptional(strings),
  derive: v.exactOptional(strings),
  formula: v.exactOptional(v.string()),
  directions: v.exactOptional(v.record(v.string(), directionCheck)),
});
