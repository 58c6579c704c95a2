import { open } from 'node:fs/promises';
import { longestConfig } from '../core/hints/configEntry.ts';
import { Refusal } from '../core/problem.ts';
import { forReading } from '../engine/forReading.ts';
import { decodeBlock, encodingOf } from '../engine/textDecoding.ts';

/** Bytes of a character at most. */
const widest = 4;
/** Characters that are none, over which a text is none: a wrong encoding has some. */
const mostBroken = 40;

/** @throws Refusal with a sentence for the user where it is no text that can be a config. */
export async function readConfig(path: string): Promise<string> {
  const bytes = await readBytes(path);
  const text = decodeBlock(bytes, encodingOf(bytes));
  if (text.includes('\0') || (text.match(/\ufffd/g) ?? []).length > mostBroken) {
    throw new Refusal(
      'unreadable',
      `${path} is binary, no config that can be read; name a training config in YAML, JSON, TOML or a launch script.`,
    );
  }
  if (text.length > longestConfig) throw tooLong(path);
  return text;
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path, forReading);
    try {
      const state = await file.stat();
      if (!state.isFile() && !state.isDirectory()) {
        throw new Refusal('not-a-file', `${path} is no file but a pipe or a device; name a config file.`);
      }
      if (state.size > widest * longestConfig) throw tooLong(path);
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new Refusal('unreadable', `${path} ${whyNot(code)}.`);
  }
}

function whyNot(code: string): string {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'is not there; check the path';
    case 'EISDIR':
      return 'is a folder; name a config file in it';
    case 'EACCES':
    case 'EPERM':
      return 'may not be read by this user; change its permissions';
    default:
      return `could not be read (${code})`;
  }
}

const tooLong = (path: string): Refusal =>
  new Refusal('unreadable', `${path} is longer than any config (${longestConfig / 1000} kB); name a training config.`);
