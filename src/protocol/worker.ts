import * as v from 'valibot';
import type { FormatJudgement, Opened, Predicted, PredictRequest } from '../core/report/prediction.ts';
import type { RunChoices } from '../core/runs/run.ts';
import { choicesCheck } from './choicesCheck.ts';
import { judgementsCheck, openedCheck, predictedCheck } from './reportChecks.ts';

/** What the worker is asked for; paths are those of the machine it runs on. */
export interface WorkerApi {
  /** Opens the log or, when it is open already, reads what was appended. */
  open(path: string, choices: RunChoices): Promise<Opened>;
  /** Opens as above, then forecasts. */
  predict(path: string, request: PredictRequest): Promise<Predicted>;
  /** What each format that a log can be read as makes of this one, the surest first. */
  judge(path: string): Promise<readonly FormatJudgement[]>;
  close(path: string): Promise<void>;
}

export type WorkerMethod = keyof WorkerApi;
export type WorkerParams<M extends WorkerMethod> = Parameters<WorkerApi[M]>;
export type WorkerResult<M extends WorkerMethod> = Awaited<ReturnType<WorkerApi[M]>>;

const requestCheck: v.GenericSchema<unknown, PredictRequest> = v.object({
  choices: choicesCheck,
  at: v.nullable(v.array(v.number())),
  until: v.nullable(v.number()),
  level: v.number(),
  tolerance: v.number(),
  injections: v.exactOptional(v.array(v.object({ x: v.number(), share: v.nullable(v.number()) }))),
});

interface Checks<M extends WorkerMethod> {
  readonly params: v.GenericSchema<unknown, WorkerParams<M>>;
  readonly result: v.GenericSchema<unknown, WorkerResult<M>>;
}

/** One line a method: what each side checks before it believes the other. */
export const workerChecks: { readonly [M in WorkerMethod]: Checks<M> } = {
  open: { params: v.tuple([v.string(), choicesCheck]), result: openedCheck },
  predict: { params: v.tuple([v.string(), requestCheck]), result: predictedCheck },
  judge: { params: v.tuple([v.string()]), result: judgementsCheck },
  close: { params: v.tuple([v.string()]), result: v.void() },
};

/** @throws Error that says which part of a message is not as agreed. */
export function checked<T>(check: v.GenericSchema<unknown, T>, value: unknown, what: string): T {
  const { success, output, issues } = v.safeParse(check, value);
  if (success) return output;
  const [{ message }] = issues;
  const where = v.getDotPath(issues[0]);
  throw new Error(`${what} is malformed${where === null ? '' : ` at ${where}`}: ${message}.`);
}
