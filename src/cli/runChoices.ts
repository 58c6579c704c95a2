import type { RunChoices } from '../core/runs/run.ts';
import type { OptionSpecs, ParsedOptions } from './parseOptions.ts';
import { UsageError } from './usageError.ts';

/** How a log is read that is not recognised, or wrongly. */
export const formatOption: OptionSpecs = {
  format: { value: 'ID', help: 'Read the log as this format; else as it looks (inspect names it).' },
};

export const choiceOptions: OptionSpecs = {
  ...formatOption,
  x: { value: 'NAME', help: 'Column of the x axis.' },
  solver: { value: 'NAME', help: 'Series of the solver.' },
  verifier: { value: 'NAME', help: 'Series of the verifier.' },
  series: { value: 'NAME', isRepeatable: true, help: 'Forecast only this series.' },
  run: { value: 'NAME', help: 'Run to take; else the newest.' },
  where: { value: 'COLUMN=VALUE', isRepeatable: true, help: 'Take only rows with this value.' },
  derive: {
    value: '"NAME = EXPRESSION"',
    isRepeatable: true,
    help: 'Add a series, such as "gap = solver - verifier".',
  },
  formula: {
    value: '"CURVE"',
    help: 'Weigh a curve of t (0 to 1) too, such as "L + a*exp(-k*t^c), k in 0.1..10".',
  },
};

export function runChoices(options: ParsedOptions): RunChoices {
  const [x, solver, verifier, run] = ['x', 'solver', 'verifier', 'run'].map((name) => named(options, name));
  const formula = options.text('formula');
  const format = named(options, 'format');
  const series = options.all('series');
  const where = options.all('where');
  const derive = options.all('derive');
  for (const text of where) {
    if (!/^[^=]+=/.test(text)) throw new UsageError(`--where takes COLUMN=VALUE, such as panel=math, not "${text}".`);
  }
  for (const text of derive) {
    if (!/^\s*[^=\s][^=]*=\s*[^=\s]/.test(text)) {
      throw new UsageError(`--derive takes "NAME = EXPRESSION", such as "gap = solver - verifier", not "${text}".`);
    }
  }
  if (solver !== undefined && solver === verifier) {
    throw new UsageError(`--solver and --verifier both name "${solver}"; a series cannot lag behind itself.`);
  }
  if (series.includes('')) throw new UsageError('--series needs the name of a series.');
  return {
    ...(format === undefined ? {} : { format }),
    ...(x === undefined ? {} : { x }),
    ...(solver === undefined ? {} : { solver }),
    ...(verifier === undefined ? {} : { verifier }),
    ...(run === undefined ? {} : { run }),
    ...(series.length > 0 ? { series } : {}),
    ...(where.length > 0 ? { where } : {}),
    ...(derive.length > 0 ? { derive } : {}),
    ...(formula === null ? {} : { formula }),
  };
}

export function named(options: ParsedOptions, name: string): string | undefined {
  const value = options.text(name) ?? undefined;
  if (value === '') throw new UsageError(`--${name} needs a name, but got an empty one.`);
  return value;
}
