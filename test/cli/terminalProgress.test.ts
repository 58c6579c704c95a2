import assert from 'node:assert/strict';
import { test } from 'node:test';
import { terminalProgress } from '../../src/cli/terminalProgress.ts';

function terminal(isTTY: boolean) {
  let written = '';
  let ms = 0;
  const progress = terminalProgress({ isTTY, columns: 40, write: (text: string) => (written += text) }, () => ms);
  return { ...progress, wait: (more: number) => (ms += more), written: () => written };
}

test('work that takes its time is told in one line, which is gone in the end', () => {
  const { control, end, wait, written } = terminal(true);
  control.progress(0.1, 'reading run.jsonl, 50 of 500 MB');
  assert.equal(written(), '');
  wait(500);
  control.progress(0.2, 'reading run.jsonl, 100 of 500 MB');
  control.progress(0.21, 'reading run.jsonl, 105 of 500 MB');
  assert.equal(written(), '\r\u001b[2Kreading run.jsonl, 100 of 500 MB (20 %)');
  wait(500);
  control.progress(0.3, `reading ${'a'.repeat(60)}`);
  assert.ok(written().endsWith(`\r\u001b[2Kreading ${'a'.repeat(31)}`));
  end();
  assert.ok(written().endsWith('\r\u001b[2K'));
});

test('nothing is written where nobody looks, and nothing is taken away where nothing was said', () => {
  const piped = terminal(false);
  piped.wait(5000);
  piped.control.progress(0.5, 'reading run.jsonl');
  piped.end();
  assert.equal(piped.written(), '');
  const quick = terminal(true);
  quick.control.progress(1, 'reading run.jsonl');
  quick.end();
  assert.equal(quick.written(), '');
});
