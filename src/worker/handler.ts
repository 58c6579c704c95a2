import type { Control } from '../core/control.ts';
import type { Predicted } from '../core/report/prediction.ts';
import type { EngineApi } from '../engine/engineApi.ts';
import { type Answer, Channel } from '../protocol/channel.ts';
import type { Port } from '../protocol/port.ts';
import { checked, type WorkerMethod, type WorkerParams, workerChecks } from '../protocol/worker.ts';

type Handlers = {
  readonly [M in WorkerMethod]: (params: WorkerParams<M>, control: Control) => Promise<Answer>;
};

const copied = (value: unknown): Answer => ({ value, transfer: [] });

/** Lets the other side of the port use the engine. */
export function serveEngine(port: Port, engine: EngineApi, onMalformed: (reason: string) => void): Channel {
  const handlers: Handlers = {
    open: async ([path, choices], control) => copied(await engine.open(path, choices, control)),
    predict: async ([path, request], control) => moved(await engine.predict(path, request, control)),
    judge: async ([path]) => copied(await engine.judge(path)),
    close: async ([path]) => copied(await engine.close(path)),
  };
  const handle = async <M extends WorkerMethod>(method: M, params: unknown, control: Control): Promise<Answer> =>
    handlers[method](checked(workerChecks[method].params, params, `The request "${method}"`), control);
  return new Channel(port, {
    onMalformed,
    handle: async (method, params, control) => {
      if (!isMethod(method)) throw new Error(`The worker has no method "${method}".`);
      return handle(method, params, control);
    },
  });
}

function isMethod(name: string): name is WorkerMethod {
  return Object.hasOwn(workerChecks, name);
}

/** Drawings leave as arrays of their own: a view would drag along all of its buffer, and the engine keeps its own. */
function moved(prediction: Predicted): Answer {
  const drawings = prediction.drawings.map((drawing) => ({
    ...drawing,
    x: drawing.x.slice(),
    y: drawing.y.slice(),
    errors: drawing.errors.slice(),
    fitted: drawing.fitted.slice(),
  }));
  return {
    value: { ...prediction, drawings },
    transfer: drawings.flatMap(({ x, y, errors, fitted }) => [x.buffer, y.buffer, errors.buffer, fitted.buffer]),
  };
}
