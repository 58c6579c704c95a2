// Child processes that never outlive this one: each leads a process group, and every group still there at exit is ended.
import { spawn } from 'node:child_process';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

const isWindows = process.platform === 'win32';

/** Longer than code-server and Chromium take to end. */
const patienceMs = 8000;

/** @type {Set<ChildProcess>} */
const groups = new Set();

/** @param {number | undefined} pid @param {NodeJS.Signals | 0} signal @returns {boolean} whether the group was there */
function signalGroup(pid, signal) {
  if (pid === undefined) return false;
  try {
    process.kill(isWindows ? pid : -pid, signal);
    return true;
  } catch {
    // ESRCH: nothing is left of it.
    return false;
  }
}

let watching = false;
function watchExit() {
  if (watching) return;
  watching = true;
  process.on('exit', () => {
    for (const child of groups) signalGroup(child.pid, 'SIGKILL');
  });
  for (const [signal, number] of /** @type {const} */ ([
    ['SIGINT', 2],
    ['SIGTERM', 15],
    ['SIGHUP', 1],
  ])) {
    process.on(signal, () => {
      // Asked first, so that they can end groups of their own.
      void Promise.all([...groups].map((child) => endGroup(child))).then(() => process.exit(128 + number));
    });
  }
}

/**
 * Starts a process as the leader of a group of its own.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {ChildProcess}
 */
export function startGroup(command, args, options = {}) {
  watchExit();
  // npm and code are .cmd files on Windows: only a shell starts them, and it takes one quoted line.
  const inShell = isWindows && !command.endsWith('.exe');
  const quoted = (/** @type {string} */ part) => (inShell ? `"${part}"` : part);
  const child = spawn(quoted(command), args.map(quoted), { ...options, detached: !isWindows, shell: inShell });
  groups.add(child);
  return child;
}

/**
 * Ends a group: asks first, insists after some seconds. Resolves when nothing of it is left.
 * @param {ChildProcess} child
 * @returns {Promise<void>}
 */
export async function endGroup(child) {
  if (isWindows) child.kill();
  else if (signalGroup(child.pid, 'SIGTERM')) {
    for (const end = Date.now() + patienceMs; Date.now() < end && signalGroup(child.pid, 0); ) {
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    signalGroup(child.pid, 'SIGKILL');
  }
  groups.delete(child);
}

/**
 * @typedef {object} Outcome
 * @property {number} code exit code; 127 where the command could not be started
 * @property {boolean} stopped true when the time limit ended it
 * @property {string} output what it wrote, when it was asked to be kept
 */

/**
 * Runs a command to its end, its output going where ours goes.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, limitMs?: number, keep?: boolean, leave?: boolean }} [options]
 *   keep: its output is returned instead of shown; leave: what it leaves running stays (a window, say)
 * @returns {Promise<Outcome>}
 */
export function run(command, args, { cwd, env = process.env, limitMs, keep = false, leave = false } = {}) {
  return new Promise((resolve) => {
    let output = '';
    let stopped = false;
    const child = startGroup(command, args, {
      cwd,
      env,
      stdio: ['ignore', keep ? 'pipe' : 'inherit', keep ? 'pipe' : 'inherit'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    const timer =
      limitMs === undefined
        ? undefined
        : setTimeout(() => {
            stopped = true;
            void endGroup(child);
          }, limitMs);
    child.on('error', (error) => {
      clearTimeout(timer);
      groups.delete(child);
      resolve({ code: 127, stopped, output: `${output}${error.message}\n` });
    });
    child.on('exit', () => {
      clearTimeout(timer);
      // What it left running in its group goes with it; until then it may hold our pipes open.
      if (leave) groups.delete(child);
      else void endGroup(child);
    });
    child.on(leave ? 'exit' : 'close', (code) => resolve({ code: code ?? 1, stopped, output }));
  });
}
