import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PanelState } from '../../src/protocol/panel.ts';
import { readFromPanel, readSavedPanel, readToPanel, toPage } from '../../src/protocol/panelChecks.ts';
import { simulatedState } from '../support/simulatedState.ts';

/** As an editor's host carries a message to its page: JSON, with typed arrays beside it. */
function carried(message: unknown): unknown {
  const arrays: Float64Array[] = [];
  const json = JSON.stringify(message, (_, value: unknown) =>
    value instanceof Float64Array ? { array: arrays.push(value) - 1 } : value,
  );
  return JSON.parse(json, (_, value) => (value?.array === undefined ? value : arrays[value.array]));
}

const arrived = (state: PanelState): PanelState => readToPanel(carried(toPage({ type: 'state', state }))).state;

test('a forecast arrives at the page as it left the host', () => {
  const state = simulatedState();
  assert.deepEqual(arrived(state), state);
});

test('an interval without an end arrives without one, and what is not a number as none', () => {
  const state = simulatedState();
  const { report, drawings } = state.prediction;
  const dynamics = report.dynamics ?? assert.fail('a clean run has dynamics');
  const [first = assert.fail('there is a series')] = report.series;
  const series = [{ ...first, settling: { tolerance: 0.01, x: 12, lower: 10, upper: Number.POSITIVE_INFINITY } }];
  const untested = { ...dynamics, sharedRate: { pValue: Number.NaN, holds: false } };
  const sent: PanelState = {
    ...state,
    prediction: { report: { ...report, series, dynamics: untested }, drawings: drawings.slice(0, 1) },
  };
  assert.deepEqual(arrived(sent), sent);
});

test('a state of no kind is refused with the place of what is wrong', () => {
  assert.throws(
    () => readToPanel({ type: 'state', state: { kind: 'loading', log: 'a', note: 'b', fraction: '40 %' } }),
    /malformed at state\.fraction/,
  );
  assert.throws(() => readToPanel({ type: 'state', state: { kind: 'asleep', log: 'a' } }), /malformed/);
});

test('what the page may say is let in, and nothing else', () => {
  for (const type of ['cancel', 'retry', 'showLog', 'chooseFormat', 'recogniseFormat'] as const)
    assert.deepEqual(readFromPanel({ type }), { type });
  const ready = { type: 'ready', kept: { log: 'file:///a.csv', choices: { x: 'step' }, level: 0.8 } } as const;
  assert.deepEqual(readFromPanel(ready), ready);
  assert.deepEqual(readFromPanel({ type: 'ready', kept: null }), { type: 'ready', kept: null });
  assert.throws(() => readFromPanel({ type: 'ready', kept: { log: 7 } }), /malformed at kept/);
  const choose = { type: 'choose', choices: { solver: 'acc', directions: { acc: 'higher' } }, level: 0.8 } as const;
  assert.deepEqual(readFromPanel(choose), choose);
  assert.throws(() => readFromPanel({ ...choose, level: 1 }), /malformed at level/);
  assert.throws(() => readFromPanel({ ...choose, choices: { solver: 7 } }), /malformed at choices\.solver/);
  assert.throws(() => readFromPanel({ type: 'run', command: 'rm' }), /malformed/);
  assert.throws(() => readFromPanel('ready'), /malformed/);
});

test('what a page kept is read back, of other versions nothing, of a broken view the rest', () => {
  const panel = { version: 1, log: 'file:///a.csv', choices: { x: 'step' }, level: 0.9 } as const;
  const view = { zoom: { min: 1, max: 5 }, tab: 'data', hidden: ['gap'] } as const;
  assert.deepEqual(readSavedPanel({ ...panel, view }), { ...panel, view });
  assert.deepEqual(readSavedPanel(panel), panel);
  assert.deepEqual(readSavedPanel({ ...panel, view: { ...view, zoom: { min: 5, max: 1 } } }), panel);
  for (const other of [undefined, null, 'x', {}, { ...panel, version: 2 }]) assert.equal(readSavedPanel(other), null);
});
