import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { type CodeAction, commands, type Hover, MarkdownString, Position, Range, Uri, window, workspace } from 'vscode';
import type { Api } from '../../src/extension/api.ts';
import { api, closeEditors, lensesOf, relaxingLog, relaxingRows, sample, until, writeLog } from './support.ts';

describe('the hints on a config', () => {
  let lens: Api;
  before(async () => {
    lens = await api();
  });
  afterEach(closeEditors);

  /** The title of the lens on the line of a key, once it says more than that it is being computed. */
  const titleAt = (config: Uri, key: string, wanted: RegExp) =>
    until(`a lens like ${wanted} at ${key}`, async () => {
      const document = await workspace.openTextDocument(config);
      const line = document
        .getText()
        .split('\n')
        .findIndex((text) => text.includes(key));
      const title = (await lensesOf(config)).find(({ range }) => range.start.line === line)?.command?.title;
      return title !== undefined && wanted.test(title) && title;
    });

  async function hoverAt(config: Uri, key: string): Promise<string | null> {
    const document = await workspace.openTextDocument(config);
    const at = document.positionAt(document.getText().indexOf(key) + 2);
    const hovers = await commands.executeCommand<Hover[]>(
      'vscode.executeHoverProvider',
      config,
      new Position(at.line, at.character),
    );
    const text = hovers
      .flatMap(({ contents }) => contents)
      .map((part) => (part instanceof MarkdownString ? part.value : String(part)))
      .join('\n');
    return text === '' ? null : text;
  }

  /** A run of its own: a log and, beside it, the config that names its folder. */
  function writeRun(checkpoints: number): { config: Uri; log: Uri } {
    const log = writeLog('metrics.csv', relaxingLog(checkpoints));
    const config = Uri.joinPath(log, '../config.yaml');
    appendFileSync(config.fsPath, 'output_dir: .\nnum_train_epochs: 60\n');
    return { config, log };
  }

  it('stand on the line of the budget and name the ceiling', async () => {
    const title = await titleAt(sample('identified/config.yaml'), 'num_train_epochs', /by epoch \d/);
    assert.match(title, /^num_train_epochs: 30 {2}→ {2}\d+\u202f% of the floor by epoch/);
  });

  const launches: readonly (readonly [title: string, name: string, text: string, key: string])[] = [
    [
      'TOML, which the editor takes for plain text',
      'run.toml',
      'output_dir = "."\nepochs = 600\n[optimizer]\nlr = 1e-6\n',
      'epochs',
    ],
    [
      'a launch script',
      'launch.sh',
      'EPOCHS=600\npython train.py \\\n  --output_dir . \\\n  --num_train_epochs $EPOCHS\n',
      '600',
    ],
    [
      'a script of Slurm',
      'launch.slurm',
      '#SBATCH --nodes=1\nsrun train.py --output_dir . --num_train_epochs=600\n',
      '600',
    ],
  ];
  for (const [title, name, text, key] of launches) {
    it(`stand in ${title}, and set the value that they suggest`, async () => {
      const log = writeLog('metrics.csv', relaxingLog(24));
      const config = Uri.joinPath(log, '..', name);
      appendFileSync(config.fsPath, text);
      await titleAt(config, key, /by epoch \d/);
      const document = await workspace.openTextDocument(config);
      const at = document.positionAt(text.indexOf('600'));
      const actions = await commands.executeCommand<CodeAction[]>(
        'vscode.executeCodeActionProvider',
        config,
        new Range(at, at),
      );
      const fix = actions.find(({ title: words }) => words.startsWith('Set '));
      const [, suggested = ''] = / to (\d+) /.exec(fix?.title ?? '') ?? [];
      assert.ok(fix?.edit !== undefined && suggested !== '');
      await workspace.applyEdit(fix.edit);
      assert.equal(document.getText(), text.replace('600', suggested));
    });
  }

  it('say why when hovered', async () => {
    const config = sample('identified/config.yaml');
    await window.showTextDocument(await workspace.openTextDocument(config));
    const text = await until('the hover', async () => {
      const found = await hoverAt(config, 'num_train_epochs');
      return found?.includes('run.csv') === true && found;
    });
    assert.match(text, /ceilingLens\.openPrediction/);
  });

  it('open the panel of their run', async () => {
    const { config, log } = writeRun(24);
    await titleAt(config, 'num_train_epochs', /by epoch \d/);
    const [hint] = (await lensesOf(config)).filter(({ command }) => command?.command === 'ceilingLens.openPrediction');
    assert.ok(hint?.command);
    await commands.executeCommand(hint.command.command, ...(hint.command.arguments ?? []));
    await until('its panel', () => lens.panels.some((uri) => uri.fsPath === log.fsPath));
  });

  it('cost no forecast while their config is not seen, and are renewed when it is', async () => {
    const { config, log } = writeRun(10);
    await titleAt(config, 'num_train_epochs', /\S/);
    await until('the forecast', () => lens.record(log)?.status === 'forecast');
    await lensesOf(log);
    appendFileSync(log.fsPath, relaxingRows(10, 6));
    // The lens on the log reads on; were it forecast, it would be in the same pass.
    const unseen = await until('the lens to know', () => {
      const record = lens.record(log);
      return record?.inspect?.runs[0]?.x.count === 16 && record.status === 'recognised' && record;
    });
    assert.equal(unseen.prediction?.report.x.count, 10);
    await window.showTextDocument(await workspace.openTextDocument(config));
    await until('the forecast of all of it', () => lens.record(log)?.prediction?.report.x.count === 16);
  });

  it('follow the log of the run', async () => {
    const { config, log } = writeRun(5);
    const early = await titleAt(config, 'num_train_epochs', /\S/);
    appendFileSync(log.fsPath, relaxingRows(5, 25));
    const later = await titleAt(config, 'num_train_epochs', /by epoch \d/);
    assert.notEqual(later, early);
  });

  it('come back after the server was killed in the middle of a hover', async () => {
    const config = sample('identified/config.yaml');
    await titleAt(config, 'num_train_epochs', /by epoch \d/);
    const pid = await until('the server', () => lens.serverPid());
    const interrupted = hoverAt(config, 'num_train_epochs');
    process.kill(pid, 'SIGKILL');
    await Promise.race([interrupted, new Promise((resolve) => setTimeout(resolve, 5000))]);
    await until('another server', async () => {
      const next = await lens.serverPid();
      return next !== undefined && next !== pid;
    });
    await until('the next hover', async () => (await hoverAt(config, 'num_train_epochs'))?.includes('run.csv'));
  });

  it('come back after the command that restarts their server', async () => {
    const config = sample('identified/config.yaml');
    await titleAt(config, 'num_train_epochs', /by epoch \d/);
    const pid = await lens.serverPid();
    await Promise.all([1, 2, 3].map(() => commands.executeCommand('ceilingLens.restartServer')));
    await until('another server', async () => {
      const next = await lens.serverPid();
      return next !== undefined && next !== pid;
    });
    await until('a hover', async () => (await hoverAt(config, 'num_train_epochs'))?.includes('run.csv'));
  });
});
