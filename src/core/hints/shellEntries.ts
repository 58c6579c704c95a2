import { type ConfigEntry, mostEntries, type TextRange } from './configEntry.ts';

/** A word of a command line, parts of it in quotes; it ends where the shell would end it. */
const value = String.raw`(?:"[^"\n]*"|'[^'\n]*'|\$\{[^}\n]*\}|[^\s"';|&()<>\\])+`;
/** What may stand between an option and its value: blanks, and the end of a line that goes on. */
const gap = String.raw`(?:[ \t]|\\\r?\n)+`;
/**
 * In turn: a comment; an option with its value (`--train-iters 100`, `--train.steps=100`); an override as Hydra and MaxText
 * take them (`trainer.total_epochs=15`, `+x=1`); or the assignment of a variable, which looks the same but opens a command.
 */
const token = new RegExp(
  String.raw`(?<=^|[\s;])#[^\n]*` +
    String.raw`|(?<=^|[\s"'(=])--([A-Za-z][\w.-]*)(?:=|${gap}(?!--))(${value})` +
    String.raw`|(?<=^|[\s"'(;&])(\+{0,2})([A-Za-z_][\w.@/-]*)=(${value})`,
  'gm',
);
const wholeInQuotes = /^(?:"[^"]*"|'[^']*')$/;
const variableName = /^[A-Za-z_]\w*$/;
/** Words that a command may stand behind on its line. */
const beforeCommand = /(?:^|[;&|{(]|\b(?:then|do|else|export|local|declare|readonly|env))\s*$/;
/** The whole value is a variable: `$ITERS`, `${ITERS}`, `${ITERS:-1000}` with what it is where nobody has set it. */
const reference = /^\$(?:([A-Za-z_]\w*)|\{(\w+)(?::?[-=]([^{}$]*))?\})$/;
const insideText = /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/g;
/** Signs before an assignment on its line that are looked at. */
const mostBefore = 40;
const longestText = 1000;

interface Word {
  /** Without quotes. */
  readonly text: string;
  readonly range: TextRange;
}

/**
 * The options and overrides of the commands of a shell script, in order, under the names that the program gives them
 * (`--train-iters` is `train_iters`), with variables that the script itself sets filled in. Never throws.
 */
export function shellEntries(text: string): ConfigEntry[] {
  const entries: ConfigEntry[] = [];
  const variables = new Map<string, Word>();
  // Behind an assignment another may follow before the command does.
  let behind = 0;
  for (const found of text.matchAll(token)) {
    if (entries.length >= mostEntries) break;
    const [all, option, optionValue, plus, name, nameValue] = found;
    const end = found.index + all.length;
    if (option !== undefined && optionValue !== undefined) {
      const start = found.index + 2;
      const word = wordAt(text, end - optionValue.length, end);
      entries.push(entryOf(option.replaceAll('-', '_'), [start, start + option.length], word, variables));
    } else if (plus !== undefined && name !== undefined && nameValue !== undefined) {
      const word = wordAt(text, end - nameValue.length, end);
      if (plus === '' && variableName.test(name) && opensCommand(text, found.index, behind)) {
        variables.set(name, resolved(word, variables));
        behind = end;
      } else {
        const start = found.index + plus.length;
        entries.push(entryOf(name.replaceAll('/', '.'), [start, start + name.length], word, variables));
      }
    }
  }
  return entries;
}

function wordAt(text: string, start: number, end: number): Word {
  const written = text.slice(start, end);
  const quoted = wholeInQuotes.test(written) ? 1 : 0;
  return { text: written.replaceAll(/["']/g, ''), range: [start + quoted, end - quoted] };
}

/** Whether the word at `at` is the first of a command, or stands before it. @param behind the last such word */
function opensCommand(text: string, at: number, behind: number): boolean {
  const near = text.slice(Math.max(behind, at - mostBefore), at);
  if (behind > 0 && at - behind < mostBefore && /^[ \t]+$/.test(near)) return true;
  const feed = near.lastIndexOf('\n');
  const isCut = feed < 0 && at > mostBefore;
  // What was cut off is some other word.
  if (!beforeCommand.test(isCut ? `x ${near}` : near.slice(feed + 1))) return false;
  return feed < 0 || !/\\\r?$/.test(near.slice(0, feed));
}

function entryOf(path: string, key: TextRange, word: Word, variables: ReadonlyMap<string, Word>): ConfigEntry {
  const { text, range } = resolved(word, variables);
  // Where a variable holds the value, it is changed where that is set.
  return { path, key: range === word.range ? key : range, range, text };
}

/** What a word is once variables are filled in. Where it is one variable, it stands where that was set. */
function resolved(word: Word, variables: ReadonlyMap<string, Word>): Word {
  const [all, plain, braced, otherwise] = reference.exec(word.text) ?? [];
  if (all === undefined) return { ...word, text: filledIn(word.text, variables) };
  const known = variables.get(plain ?? braced ?? '');
  if (known !== undefined || otherwise === undefined) return known ?? word;
  const end = word.range[1] - 1;
  return { text: otherwise, range: [end - otherwise.length, end] };
}

/** Variables may double what they hold, again and again: what is longer than any path stays as it is written. */
function filledIn(text: string, variables: ReadonlyMap<string, Word>): string {
  let length = text.length;
  const filled = text.replace(insideText, (written, plain?: string, braced?: string) => {
    const known = variables.get(plain ?? braced ?? '')?.text ?? written;
    length += known.length;
    return length > longestText ? '' : known;
  });
  return length > longestText ? text : filled;
}
