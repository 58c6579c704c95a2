/** Loaded for a log that is packed so, and only then. */
export { Decompress } from 'fzstd';
