import { csv } from './csv.ts';
import type { Format } from './format.ts';
import { jsonl } from './jsonl.ts';
import { mlflowSqlite } from './mlflowSqlite.ts';
import { otherBinary } from './otherBinary.ts';
import { swanlab } from './swanlab.ts';
import { swanlabLog } from './swanlabLog.ts';
import { tfevents } from './tfevents.ts';
import { wandb } from './wandb.ts';

/** Every log format there is, a line each; of two that are equally sure of a log the first one takes it. */
export const formats: readonly Format[] = [tfevents, wandb, swanlab, swanlabLog, mlflowSqlite, otherBinary, jsonl, csv];
