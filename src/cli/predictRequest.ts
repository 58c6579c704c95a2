import type { InjectionMark } from '../core/dynamics/externalData.ts';
import type { PredictRequest } from '../core/report/prediction.ts';
import type { OptionSpecs, ParsedOptions } from './parseOptions.ts';
import { numberFrom } from './parseOptions.ts';
import { choiceOptions, runChoices } from './runChoices.ts';
import { UsageError } from './usageError.ts';

export const requestOptions: OptionSpecs = {
  ...choiceOptions,
  until: { value: 'N', help: 'Use only the first N checkpoints.' },
  at: { value: 'X1,X2,...', help: 'Forecast at these x; else to twice the observed span.' },
  'injection-at': {
    value: 'X[:SHARE],...',
    help: 'External data was spent just after these x; fits what it did.',
  },
  level: { value: 'SHARE', help: 'Probability that an interval holds (0.9).' },
  tolerance: { value: 'SHARE', help: 'Rest of the way under which a run has settled (0.01).' },
};

const isShare = (value: number): boolean => value > 0 && value < 1;

export function predictRequest(options: ParsedOptions): PredictRequest {
  const isCount = (value: number): boolean => Number.isInteger(value) && value >= 1;
  const injections = injectionsAt(options.text('injection-at'));
  return {
    choices: runChoices(options),
    at: forecastAt(options.text('at')),
    until: options.number('until', 'a whole number of checkpoints from 1', isCount),
    level: options.number('level', 'a number between 0 and 1 such as 0.9', isShare) ?? 0.9,
    tolerance: options.number('tolerance', 'a number between 0 and 1 such as 0.01', isShare) ?? 0.01,
    ...(injections === null ? {} : { injections }),
  };
}

function injectionsAt(text: string | null): InjectionMark[] | null {
  if (text === null) return null;
  return text.split(',').map((part): InjectionMark => {
    const [x = null, share = null, ...more] = part.split(':').map(numberFrom);
    const hasShare = part.includes(':');
    if (x === null || more.length > 0 || (hasShare && !(share !== null && share > 0))) {
      throw new UsageError(
        `--injection-at takes x values, with shares over 0 after a colon where they differ, such as 2,5 or 2:0.7,5:0.3, not "${text}".`,
      );
    }
    return { x, share: hasShare ? share : null };
  });
}

/** Rising and each once, in whatever order they were given. */
function forecastAt(text: string | null): number[] | null {
  if (text === null) return null;
  const values = text.split(',').map(numberFrom);
  const finite = values.filter((value) => value !== null);
  if (finite.length !== values.length) {
    throw new UsageError(`--at takes numbers with commas between, such as 10,20,50, not "${text}".`);
  }
  return Array.from(new Set(finite)).sort((a, b) => a - b);
}
