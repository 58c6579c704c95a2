import { type ConfigurationChangeEvent, type Uri, workspace } from 'vscode';
import type { RunChoices } from '../core/runs/run.ts';

const section = 'ceilingLens';

/** How a log is to be read and forecast, as far as the user has settled it. */
export interface ForecastSettings {
  readonly choices: RunChoices;
  readonly level: number;
  readonly tolerance: number;
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
  const share = (key: 'level' | 'tolerance', otherwise: number) => {
    const value = configuration.get<unknown>(key);
    return typeof value === 'number' && value > 0 && value < 1 ? value : otherwise;
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
    level: share('level', 0.9),
    tolerance: share('tolerance', 0.01),
  };
}

export function affectsForecast(event: ConfigurationChangeEvent, uri: Uri): boolean {
  return event.affectsConfiguration(section, uri);
}
