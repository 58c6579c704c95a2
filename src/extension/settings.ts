import { type ConfigurationChangeEvent, type Uri, type WorkspaceConfiguration, workspace } from 'vscode';
import type { RunChoices } from '../core/runs/run.ts';

const section = 'ceilingLens';

/** How a log is to be read and forecast, as far as the user has settled it. */
export interface ForecastSettings {
  readonly choices: RunChoices;
  readonly level: number;
  readonly tolerance: number;
}

interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly otherwise: number;
}

/** As package.json declares them. */
const shares = {
  level: { least: 0.01, most: 0.999, otherwise: 0.9 },
  tolerance: { least: 0.0001, most: 0.5, otherwise: 0.01 },
} as const satisfies Readonly<Record<string, Bounds>>;

/** A setting whose value cannot be used. */
export interface RefusedSetting extends Bounds {
  /** `ceilingLens.level` */
  readonly name: string;
  /** As it stands in the settings. */
  readonly value: unknown;
}

/** The settings that hold for a log; values of a wrong type or out of range count as not set. */
export function settingsFor(uri: Uri): ForecastSettings {
  const configuration = workspace.getConfiguration(section, uri);
  const name = (key: 'x' | 'solver' | 'verifier' | 'gap' | 'formula') => {
    const value = configuration.get<unknown>(key);
    return typeof value === 'string' && value.trim() !== '' ? { [key]: value.trim() } : {};
  };
  const names = (key: 'series' | 'where' | 'derive') => {
    const value = configuration.get<unknown>(key);
    const texts = Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
    return texts.length > 0 ? { [key]: texts } : {};
  };
  return {
    choices: {
      ...name('x'),
      ...name('solver'),
      ...name('verifier'),
      ...name('gap'),
      ...names('series'),
      ...names('where'),
      ...names('derive'),
      ...name('formula'),
    },
    level: share(configuration, 'level') ?? shares.level.otherwise,
    tolerance: share(configuration, 'tolerance') ?? shares.tolerance.otherwise,
  };
}

/** Of the numbers among the settings those that are none, or out of range. */
export function refusedSettings(uri: Uri): RefusedSetting[] {
  const configuration = workspace.getConfiguration(section, uri);
  return (['level', 'tolerance'] as const).flatMap((key) =>
    share(configuration, key) === null
      ? [{ ...shares[key], name: `${section}.${key}`, value: configuration.get<unknown>(key) }]
      : [],
  );
}

/** null where it cannot be used. */
function share(configuration: WorkspaceConfiguration, key: keyof typeof shares): number | null {
  const value = configuration.get<unknown>(key);
  const { least, most } = shares[key];
  return typeof value === 'number' && value >= least && value <= most ? value : null;
}

export function affectsForecast(event: ConfigurationChangeEvent, uri: Uri): boolean {
  return event.affectsConfiguration(section, uri);
}
