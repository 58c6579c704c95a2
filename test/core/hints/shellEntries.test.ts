import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { shellEntries } from '../../../src/core/hints/shellEntries.ts';

/** `path=text`, with the place where the value stands where that is not written as it reads. */
const read = (text: string): string[] =>
  shellEntries(text).map(({ path, range, text: value }) => {
    const written = text.slice(...range);
    return `${path}=${value}${written === value ? '' : ` (${written})`}`;
  });

test('options are named as their program names them', () => {
  assert.deepEqual(read('python t.py --num_train_epochs 3 --train-iters=100 --bf16 --output_dir "a b"\n'), [
    'num_train_epochs=3',
    'train_iters=100',
    'output_dir=a b',
  ]);
});

test('an option without a value takes none from the next one', () => {
  assert.deepEqual(read('run --fp16 \\\n  --epochs 3 \\\n  --flag\n'), ['epochs=3']);
});

test('a command goes on behind a backslash, and comments in it are none of it', () => {
  assert.deepEqual(read('run \\\r\n  --a \\\r\n  1 \\\r\n  # --b 2 \\\r\n  --c 3 # --d 4\r\n'), ['a=1', 'c=3']);
});

test('overrides of Hydra and arguments of MaxText', () => {
  assert.deepEqual(
    read("python3 -m verl.trainer.main_ppo \\\n    trainer.total_epochs=15 \\\n    +trainer/x.y=2 'a.b=3'\n"),
    ['trainer.total_epochs=15', 'trainer.x.y=2', 'a.b=3'],
  );
  assert.deepEqual(read('python3 train.py base.yml run_name=x steps=50 \\\n  per_device_batch_size=4\n'), [
    'run_name=x',
    'steps=50',
    'per_device_batch_size=4',
  ]);
});

test('variables before a command are no arguments of it', () => {
  assert.deepEqual(read('A=1 B=2 python t.py steps=3\nexport C=4; D=5 run x=6\nif true; then E=7; fi\n'), [
    'steps=3',
    'x=6',
  ]);
});

test('a variable stands where it was set last', () => {
  const text = `ITERS=10\nITERS=20 # more\nrun --train-iters $ITERS --more "$\{ITERS}" --x a/$ITERS\nITERS=30\n`;
  assert.deepEqual(read(text), ['train_iters=20', 'more=20', 'x=a/20 (a/$ITERS)']);
  const [first] = shellEntries(text);
  assert.equal(first?.range[0], text.indexOf('20'));
  assert.deepEqual(first?.key, first?.range);
});

test('a variable that nobody has set has the value that stands behind it', () => {
  assert.deepEqual(read(`E=$\{E:-3}\nrun --epochs $\{E} --steps $\{STEPS:-100} --lr $\{1:-1e-6}\n`), [
    'epochs=3',
    'steps=100',
    'lr=1e-6',
  ]);
});

test('what only the shell can know stays as it is written', () => {
  assert.deepEqual(read('run --a $A --b $((2 * 3)) --c $1 --d x/$(date)/y\n'), ['a=$A', 'b=$', 'c=$1', 'd=x/$']);
});

test('arrays, texts and here-documents hold options too', () => {
  assert.deepEqual(read(`ARGS=(\n  --num-rollout 3000\n  # --save x\n)\nrun $\{ARGS[@]}\n`), ['num_rollout=3000']);
  assert.deepEqual(read('options=" \\\n  --train-iters 9 \\\n  --lr 1"\n'), ['train_iters=9', 'lr=1']);
  assert.deepEqual(read('read -r cmd <<EOF\ntrain_sft \\\n  --train.max_epochs 1\nEOF\n'), ['train.max_epochs=1']);
});

test('whatever stands there, each range is that of its value', () => {
  const part = fc.constantFrom(
    ...['--a', '--num-x ', 'b=', '+c.d=', ' ', '\n', '\\\n', '"', "'", '$', '${', '}', ':-', 'A=', '$A', '3', '1e-6'],
    ...['#', ';', '(', ')', '|', 'x', '/', '--', '=', 'export ', '\r\n', 'é'],
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
      const text = parts.join('');
      for (const { key, range, text: value } of shellEntries(text)) {
        assert.ok(key[0] >= 0 && key[0] < key[1] && range[0] <= range[1] && range[1] <= text.length);
        const written = text.slice(...range);
        if (!/["'$]/.test(written)) assert.equal(written, value);
      }
    }),
    { numRuns: 3000, seed: 4 },
  );
});

test('variables that double one another do not grow without end', () => {
  const text = `A=xxxxxxxxxx\n${'A=$A$A\n'.repeat(20_000)}run --epochs 3 --out $A\n`;
  const entries = shellEntries(text);
  assert.equal(entries[0]?.text, '3');
  assert.ok((entries[1]?.text ?? '').length <= 1000);
});
