import { TextHash } from '../../rollouts/hashText.ts';
import { decodeUtf8 } from '../bytes/utf8.ts';
import { endOfString, pastSpace } from '../json/skipValue.ts';

export interface ReadMessages {
  /** Sum of the prompt; NaN where prompt and response are one text. */
  readonly prompt: number;
  /** Sum of the first two messages, where no roles say which is the prompt. */
  readonly longPrompt: number;
  /** Where the response stands. */
  readonly output: { readonly start: number; readonly end: number };
}

/**
 * Prompt and response of a conversation as JSON has it: a list of messages with roles (the prompt ends where the assistant
 * begins), or a list of their texts alone (the first is the prompt).
 */
export function readMessages(bytes: Uint8Array, start: number, end: number): ReadMessages {
  const hash = new TextHash();
  const output = { start, end };
  let role: string | null = null;
  let key: string | null = null;
  let count = 0;
  let prompt = Number.NaN;
  let longPrompt = Number.NaN;
  let at = start;
  while (at < end) {
    if (bytes[at] !== 34) {
      at += 1;
      continue;
    }
    const behind = endOfString(bytes, at, end);
    if (behind < 0) break;
    const from = at + 1;
    at = behind;
    if (bytes[pastSpace(bytes, behind, end)] === 58) {
      key = decodeUtf8(bytes, from, behind - 1);
      continue;
    }
    const isRole = key === 'role';
    if (isRole) role = decodeUtf8(bytes, from, behind - 1);
    const isMessage = key === null || key === 'content' || key === 'text';
    key = null;
    if (isRole && role === 'assistant') {
      return { prompt: count === 0 ? Number.NaN : hash.value, longPrompt: Number.NaN, output: { start: behind, end } };
    }
    if (!isMessage) continue;
    hash.addBytes(bytes, from, behind - 1);
    count += 1;
    if (role !== null) continue;
    if (count === 1) {
      prompt = hash.value;
      output.start = behind;
    }
    if (count === 2) longPrompt = hash.value;
  }
  return count > 1 && role === null
    ? { prompt, longPrompt, output }
    : { prompt: Number.NaN, longPrompt: Number.NaN, output: { start, end } };
}
