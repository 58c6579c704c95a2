import type { SimulateOptions } from '../core/dynamics/simulateRun.ts';
import { simulateRun } from '../core/dynamics/simulateRun.ts';
import type { Schedule, Spending } from '../core/dynamics/spendingSchedule.ts';
import { spendingSchedule } from '../core/dynamics/spendingSchedule.ts';
import type { Command } from './command.ts';
import { exitCode } from './exitCode.ts';
import { jsonText } from './jsonText.ts';
import type { ParsedOptions } from './parseOptions.ts';
import { numberFrom } from './parseOptions.ts';
import { UsageError } from './usageError.ts';

type Columns = readonly (readonly [name: string, values: readonly number[]])[];

export const simulate: Command = {
  name: 'simulate',
  synopsis: '[options]',
  summary:
    'Prints a simulated run of the solver-verifier dynamics, with external data, noise and jumps where asked, as CSV.',
  options: {
    'alpha-over-beta': { value: 'RATIO', help: 'How much faster the solver moves than the verifier, over 1 (2.5).' },
    rate: { value: 'RATE', help: 'Rate of relaxation per epoch (0.35).' },
    'gap-limit': { value: 'NATS', help: 'Gap that is left in the end (0.05).' },
    'start-solver': { value: 'NATS', help: 'Uncertainty of the solver at epoch 0 (1).' },
    'start-verifier': { value: 'NATS', help: 'Uncertainty of the verifier at epoch 0 (0.45).' },
    checkpoints: { value: 'N', help: 'Number of checkpoints (20).' },
    spacing: { value: 'EPOCHS', help: 'Epochs from one checkpoint to the next (0.5).' },
    gamma: { value: 'STRENGTH', help: 'Strength of the external data, 0 for none (0).' },
    schedule: { value: 'WHEN', help: 'early, uniform, late, or shares by round such as 1:0.5,4:0.5 (uniform).' },
    'external-column': { value: null, help: 'Add a column of the external data that each round got.' },
    noise: { value: 'SHARE', help: "Standard deviation of the noise as a share of the solver's way (0)." },
    seed: { value: 'N', help: 'Seed of noise and jumps (1).' },
    jumps: { value: 'N', help: 'Stand still between this many jumps instead of moving smoothly (0).' },
    accuracy: { value: null, help: 'Log 1 - uncertainty, higher is better, as mean@8 and maj@8.' },
    'solver-name': { value: 'NAME', help: 'Column of the solver (solver, or mean@8).' },
    'verifier-name': { value: 'NAME', help: 'Column of the verifier (verifier, or maj@8).' },
    'no-gap': { value: null, help: 'Leave the gap out.' },
    'steps-per-epoch': { value: 'N', help: 'Add a column of steps, so many an epoch.' },
    digits: { value: 'N', help: 'Significant digits, 1 to 17 (9).' },
    jsonl: { value: null, help: 'Print one JSON object a checkpoint.' },
    json: { value: null, help: 'Print one JSON object with a list for each column.' },
  },
  async run(options) {
    const [extra] = options.positionals;
    if (extra !== undefined) throw new UsageError(`simulate reads no file; leave out "${extra}".`);
    if (options.has('json') && options.has('jsonl')) throw new UsageError('Give --json or --jsonl, not both.');
    const columns = columnsOf(options);
    const output = options.has('json') ? asJson(columns) : options.has('jsonl') ? asJsonLines(columns) : asCsv(columns);
    return { exitCode: exitCode.done, output };
  },
};

function columnsOf(options: ParsedOptions): Columns {
  const isAccuracy = options.has('accuracy');
  const simulated = simulateOptionsOf(options, isAccuracy);
  const { x, solver, verifier } = simulateRun(simulated);
  const shares = spendingSchedule(simulated.schedule ?? 'uniform', simulated.checkpoints - 1);
  const digits = options.number('digits', 'a whole number from 1 to 17', isWhole(1, 17)) ?? 9;
  const stepsPerEpoch = options.number('steps-per-epoch', 'a number over 0', (value) => value > 0);
  const shown = (values: Float64Array): number[] => Array.from(values, (value) => Number(value.toPrecision(digits)));
  const [solverShown, verifierShown] = [shown(solver), shown(verifier)];
  // Of the printed values, so that a reader who takes the difference finds the gap; rounded only where doubles are inexact.
  const gap = solverShown.map((value, i) =>
    Number(((isAccuracy ? -1 : 1) * (value - (verifierShown[i] ?? 0))).toPrecision(15)),
  );
  const columns: Columns = [
    ['epoch', Array.from(x, (value) => Number(value.toPrecision(12)))],
    ...(stepsPerEpoch === null ? [] : [['step', Array.from(x, (value) => Math.round(value * stepsPerEpoch))] as const]),
    [options.text('solver-name') ?? (isAccuracy ? 'mean@8' : 'solver'), solverShown],
    [options.text('verifier-name') ?? (isAccuracy ? 'maj@8' : 'verifier'), verifierShown],
    ...(options.has('no-gap') ? [] : [['gap', gap] as const]),
    ...(options.has('external-column') ? [['external_data', [0, ...shares]] as const] : []),
  ];
  const names = columns.map(([name]) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new UsageError(`Two columns would be called "${twice}"; choose another name for one.`);
  return columns;
}

function simulateOptionsOf(options: ParsedOptions, isAccuracy: boolean): SimulateOptions {
  const any = (name: string): number | null => options.number(name, 'a number', () => true);
  const over0 = (name: string): number | null => options.number(name, 'a number over 0', (value) => value > 0);
  const from0 = (name: string): number | null => options.number(name, 'a number from 0', (value) => value >= 0);
  const checkpoints = options.number('checkpoints', 'a whole number from 1 to 1000000', isWhole(1, 1_000_000)) ?? 20;
  return {
    alphaOverBeta: options.number('alpha-over-beta', 'a number over 1', (value) => value > 1) ?? 2.5,
    rate: over0('rate') ?? 0.35,
    gapLimit: any('gap-limit') ?? 0.05,
    solverStart: any('start-solver') ?? 1,
    verifierStart: any('start-verifier') ?? 0.45,
    checkpoints,
    spacing: over0('spacing') ?? 0.5,
    noise: from0('noise') ?? 0,
    seed: options.number('seed', 'a whole number', Number.isInteger) ?? 1,
    gamma: from0('gamma') ?? 0,
    schedule: scheduleFrom(options.text('schedule'), checkpoints),
    jumps: options.number('jumps', 'a whole number from 0', isWhole(0, 1_000_000)) ?? 0,
    metric: isAccuracy ? 'one-minus' : 'uncertainty',
  };
}

function isWhole(least: number, most: number): (value: number) => boolean {
  return (value) => Number.isInteger(value) && value >= least && value <= most;
}

function scheduleFrom(text: string | null, checkpoints: number): Schedule {
  if (text === null) return 'uniform';
  if (text === 'early' || text === 'uniform' || text === 'late') return text;
  return text.split(',').map((part): Spending => {
    const [round, share] = part.split(':').map(numberFrom);
    const isSpending = part.split(':').length === 2 && typeof round === 'number' && typeof share === 'number';
    if (!isSpending || !isWhole(1, checkpoints - 1)(round) || share < 0) {
      throw new UsageError(
        `--schedule takes early, uniform, late or shares by round (1 to ${checkpoints - 1}) such as 1:0.5,4:0.5, not "${text}".`,
      );
    }
    return { round, share };
  });
}

function rowsOf(columns: Columns): number[][] {
  return (columns[0]?.[1] ?? []).map((_, row) => columns.map(([, values]) => values[row] ?? Number.NaN));
}

function asCsv(columns: Columns): string {
  const quoted = (name: string): string => (/[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);
  const lines = [columns.map(([name]) => quoted(name)), ...rowsOf(columns)];
  return lines.map((cells) => `${cells.join(',')}\n`).join('');
}

function asJsonLines(columns: Columns): string {
  const names = columns.map(([name]) => name);
  return rowsOf(columns)
    .map((row) => `${JSON.stringify(Object.fromEntries(row.map((value, i) => [names[i] ?? '', value])))}\n`)
    .join('');
}

function asJson(columns: Columns): string {
  return jsonText({ schema: 1, ...Object.fromEntries(columns) });
}
