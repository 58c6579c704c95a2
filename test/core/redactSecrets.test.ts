import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSecretName, redactSecrets } from '../../src/core/redactSecrets.ts';

const long = 'aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE3fG5';
const hex = '0123456789abcdef0123456789abcdef01234567';
/** Made up here; each has a part that must not be seen. */
const secrets: readonly (readonly [text: string, hidden: string])[] = [
  [`token hf_${long} was used`, long],
  [`OPENAI_API_KEY=sk-proj-${long}`, long],
  [`sk-ant-api03-${long}`, long],
  [`wandb: logging in with ${hex}`, hex],
  [`machine api.wandb.ai login user password ${hex}`, hex],
  [`WANDB_API_KEY=${hex}`, hex],
  [`--wandb_key ${hex} --lr 0.1`, hex],
  [`ghp_${long}`, long],
  [`AWS_ACCESS_KEY_ID=AKIA${'ABCDEFGH23456789'}`, 'ABCDEFGH23456789'],
  [`aws_secret_access_key = abcDEF/123+ghiJKL456`, 'ghiJKL456'],
  ['password=hunter2', 'hunter2'],
  ["{'password': 'correct horse'}", 'correct'],
  ['"db_passwd": "12345678"', '12345678'],
  [`"hub_token": "${long}"`, long],
  [`token: ${long}`, long],
  [`Authorization: Bearer ${long}`, long],
  ['postgresql://me:letmein@db.example.org/runs', 'letmein'],
  [`eyJhbGciOiJIUzI1.${long}.${long}`, long],
  [`-----BEGIN RSA PRIVATE KEY-----\n${long}\n-----END RSA PRIVATE KEY-----`, long],
  [`xoxb-${long}`, long],
];

for (const [text, hidden] of secrets) {
  test(`of \`${text.slice(0, 28).replaceAll('\n', ' ')}…\` the secret is not shown`, () => {
    const shown = redactSecrets(text);
    assert.ok(!shown.includes(hidden), shown);
    assert.ok(shown.includes('[secret]'));
  });
}

test('what only looks like one is shown as it is', () => {
  const plain = [
    'val-core/math/acc/mean@8',
    'hf_model_accuracy_on_validation_set',
    'risk-adjusted-return-2024-01-01',
    'tokens_per_second: 900',
    'num_tokens=123456789012345678',
    'token: 300',
    'token_accuracy: 0.95',
    'pass@1: 0.5, pass@16: 0.7',
    'key: 0.5',
    `commit ${hex}`,
    'Line 3: this row has 4 cells where the header has 5; it was left out.',
    'https://example.org/runs/123',
    'secretary_problem/regret: 0.5',
    'passthrough=12345',
    'mlruns/0/0123456789abcdef0123456789abcdef/metrics/loss',
  ];
  for (const text of plain) assert.equal(redactSecrets(text), text);
});

test('a name whose values are secrets is told from names of metrics', () => {
  for (const name of ['password', 'config/wandb_api_key', 'args.hub_token', 'AWS_SECRET_ACCESS_KEY', 'db-passwd'])
    assert.ok(isSecretName(name), name);
  for (const name of ['pass@8', 'num_tokens', 'token_accuracy', 'key', 'val/secret_task_acc', 'passrate'])
    assert.ok(!isSecretName(name), name);
});

test('a long text without an end is looked at once', { timeout: 20_000 }, () => {
  for (const part of [
    'password=',
    'sk-',
    'eyJ',
    'wandb ',
    '--key ',
    'a:',
    '://',
    'token: a1',
    '-----BEGIN PRIVATE KEY-----',
  ])
    redactSecrets(part.repeat(20_000));
});
