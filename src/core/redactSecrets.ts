/** What stands in the place of a secret. */
const hidden = '[secret]';

/** Keys of services by their own marks, wherever they stand. A mark alone is none: what follows is as long as real keys are. */
const keys: readonly RegExp[] = [
  // Hugging Face; letters only are a word of a name.
  /(?<![A-Za-z0-9])hf_(?=[A-Za-z]*[A-Z0-9])[A-Za-z0-9]{20,}/g,
  // OpenAI and Anthropic.
  /(?<![A-Za-z0-9])sk-(?=[\w-]*\d)[\w-]{16,}/g,
  // W&B, in its newer form.
  /(?<![A-Za-z0-9])wandb_v\d+_[\w-]{20,}/g,
  // GitHub and GitLab.
  /(?<![A-Za-z0-9])(?:gh[oprsu]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,})/g,
  // AWS and Google.
  /(?<![A-Za-z0-9])(?:AKIA|ASIA)[0-9A-Z]{16}(?![0-9A-Za-z])/g,
  /(?<![A-Za-z0-9])AIza[\w-]{30,}/g,
  // Slack.
  /(?<![A-Za-z0-9])xox[abeprs]-[\w-]{10,}/g,
  // JSON web tokens.
  /(?<![A-Za-z0-9])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g,
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----(?:[\s\S]*?-----END [A-Z ]{0,30}PRIVATE KEY-----|[\s\S]*)/g,
];

const secretWord =
  'pass(?:word|wd|phrase)|pwd|secret|credentials?|(?:api|private|secret|access|account|encryption|wandb)[_-]?key(?:[_-]?id)?|' +
  '(?:access|auth|api|hub|hf|bearer|refresh|session|bot|github)[_-]?token|apikey';
/** `password=…`, `"api_key": "…"`, `--hub_token …`, `WANDB_API_KEY=…`: the value goes, whatever it looks like. */
const assigned = new RegExp(
  String.raw`((?:${secretWord})["']?\s*[,:=]\s*["']?|--?[\w-]{0,40}(?:${secretWord})["']?[\s,=]+["']?)([^\s"',;&}\])]{4,})`,
  'gi',
);
/** A token by that name alone: it may as well be a count, so what it is has to look like a key. */
const token = /((?<![A-Za-z0-9])token["']?\s*[:=]\s*["']?)(?=[^\s"',]*[A-Za-z])(?=[^\s"',]*\d)([\w./+-]{16,})/gi;
const bearer = /(\b(?:bearer|basic)\s+)([A-Za-z0-9._~+/=-]{16,})/gi;
/** W&B's older keys are forty digits like the name of a commit: they are told by what stands before. */
const wandbKey = /((?:wandb|netrc|login|api)[^\n]{0,60}?)(?<![0-9a-f])([0-9a-f]{40})(?![0-9a-f])/gi;
const inAddress = /(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]{0,100}:)([^\s/@]{1,200})(?=@)/gi;

/** Signs without which no pattern fits: most texts have none of them and are not looked at further. */
const suspicious =
  /hf_|sk-|wandb|gh[oprsu]_|github_pat|glpat|AKIA|ASIA|AIza|xox|eyJ|PRIVATE|pass|pwd|secret|credential|key|token|bearer|basic|netrc|login|api|:\/\//i;

/** The text with keys, tokens and passwords made unreadable; all that was read of a log goes through it before it is shown. */
export function redactSecrets(text: string): string {
  if (!suspicious.test(text)) return text;
  let shown = text;
  for (const key of keys) shown = shown.replace(key, hidden);
  for (const named of [assigned, token, bearer, wandbKey, inAddress]) shown = shown.replace(named, `$1${hidden}`);
  return shown;
}

const secretName = new RegExp(`(?:^|[^a-z])(?:${secretWord})$`, 'i');

/** Whether what stands under a name is a secret, be it a number or a text. */
export function isSecretName(name: string): boolean {
  return suspicious.test(name) && secretName.test(name);
}
