import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { TestContext } from 'node:test';
import { root } from '../../scripts/support/paths.mjs';
import { bundle } from './runCli.ts';

const limitMs = 30_000;

/** A command line that goes on until it is ended. */
export class RunningCli {
  readonly child: ChildProcess;
  stdout = '';
  stderr = '';
  #changed: () => void = () => {};

  constructor(child: ChildProcess) {
    this.child = child;
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
      this.#changed();
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
      this.#changed();
    });
    child.on('close', () => this.#changed());
  }

  get lines(): string[] {
    return this.stdout.split('\n').slice(0, -1);
  }

  /** Resolves once it holds. @param what finishes the sentence "Waited in vain for …". */
  async until(what: string, holds: () => boolean): Promise<void> {
    const timer = setTimeout(() => {
      isLate = true;
      this.#changed();
    }, limitMs);
    let isLate = false;
    try {
      while (!holds()) {
        const hasEnded = this.child.exitCode !== null || this.child.signalCode !== null;
        assert.ok(!isLate && !hasEnded, `Waited in vain for ${what}.\n${this.stdout}\n${this.stderr}`);
        await new Promise<void>((resolve) => {
          this.#changed = resolve;
        });
      }
    } finally {
      clearTimeout(timer);
    }
  }

  /** Exit code, once all that was written has come; null where a signal ended it. */
  async ended(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'close');
    return this.child.exitCode;
  }
}

/** Starts the bundled command line, whose output is a pipe; it is ended with the test at the latest. */
export function startCli(t: TestContext, args: readonly string[]): RunningCli {
  assert.ok(existsSync(bundle), 'dist/cli.js is not there; run npm run build first.');
  return start(t, process.execPath, [bundle, ...args], {});
}

/** The same in a terminal of 80 columns and 24 rows, by the `script` of util-linux. */
export function startInTerminal(t: TestContext, args: readonly string[]): RunningCli {
  const command = [process.execPath, bundle, ...args].map((part) => `'${part}'`).join(' ');
  return start(t, 'script', ['-qefc', `stty cols 80 rows 24; exec ${command}`, '/dev/null'], {
    TERM: 'xterm',
    NO_COLOR: '1',
  });
}

function start(
  t: TestContext,
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): RunningCli {
  const child = spawn(file, args, {
    cwd: root,
    env: { ...process.env, LANG: 'C.UTF-8', LC_ALL: '', CEILING_LENS_DEBUG: '', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  t.after(() => void child.kill('SIGKILL'));
  return new RunningCli(child);
}
