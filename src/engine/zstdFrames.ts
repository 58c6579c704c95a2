/** What stands behind the last byte of a frame. */
export interface FrameEnd {
  /** The low half of XXH64 over what the frame unpacks to; null where its writer left it out. */
  readonly checksum: number | null;
}

export interface FramePart {
  readonly bytes: Uint8Array;
  /** null while the frame goes on. */
  readonly end: FrameEnd | null;
}

type Step = 'magic' | 'descriptor' | 'header' | 'block' | 'body' | 'checksum' | 'skipped length' | 'skipped';

const mark = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd);
const magic = 0xfd2fb528;
/** Frames for other programs, to be passed over: 0x184D2A50 to …5F. */
const isSkipped = (found: number): boolean => found >>> 4 === 0x184d2a5;
const contentSizes = [0, 2, 4, 8] as const;
const dictionarySizes = [0, 1, 2, 4] as const;

/** Walks over zstd data in pieces and tells where its frames end, without unpacking it (RFC 8878, section 3.1.1). */
export class ZstdFrames {
  #step: Step = 'magic';
  /** Bytes of the field that is being read, where it has to be understood. */
  #field: number[] = [];
  /** Bytes that are left of the current step. */
  #left = 4;
  #hasChecksum = false;
  #isLastBlock = false;

  /** @throws Error where what should begin a frame is none. */
  *split(piece: Uint8Array): Generator<FramePart> {
    let at = 0;
    while (at < piece.length) {
      const step = this.#step;
      const from = at;
      if (step === 'body' || step === 'skipped') {
        at += Math.min(this.#left, piece.length - at);
      } else {
        this.#field.push(piece[at] ?? 0);
        at += 1;
      }
      this.#left -= at - from;
      const end = this.#left === 0 ? this.#next() : null;
      // Whose mark it is, is only known at its last byte: it is handed on whole.
      if (step === 'magic') {
        if (this.#step === 'descriptor') yield { bytes: mark, end: null };
      } else if (step !== 'skipped' && step !== 'skipped length') yield { bytes: piece.subarray(from, at), end };
    }
  }

  /** Goes on to the next step; what ended, where that was a frame. */
  #next(): FrameEnd | null {
    const value = this.#field.reduce((sum, byte, i) => sum + byte * 2 ** (8 * i), 0);
    this.#field = [];
    switch (this.#step) {
      case 'magic':
        if (isSkipped(value)) return this.#goTo('skipped length', 4);
        if (value !== magic) throw new Error('No zstd frame begins here.');
        return this.#goTo('descriptor', 1);
      case 'descriptor': {
        const isSingle = (value & 32) !== 0;
        this.#hasChecksum = (value & 4) !== 0;
        const content = contentSizes[value >> 6] ?? 0;
        const size = (isSingle ? Math.max(1, content) : 1 + content) + (dictionarySizes[value & 3] ?? 0);
        return this.#goTo('header', size);
      }
      case 'header':
        return this.#goTo('block', 3);
      case 'block': {
        this.#isLastBlock = (value & 1) === 1;
        const isRepeated = ((value >> 1) & 3) === 1;
        const size = isRepeated ? 1 : value >> 3;
        return size === 0 ? this.#afterBlock() : this.#goTo('body', size);
      }
      case 'body':
        return this.#afterBlock();
      case 'checksum':
        this.#goTo('magic', 4);
        return { checksum: value };
      case 'skipped length':
        return value === 0 ? this.#goTo('magic', 4) : this.#goTo('skipped', value);
      case 'skipped':
        return this.#goTo('magic', 4);
    }
  }

  #afterBlock(): FrameEnd | null {
    if (!this.#isLastBlock) return this.#goTo('block', 3);
    if (this.#hasChecksum) return this.#goTo('checksum', 4);
    this.#goTo('magic', 4);
    return { checksum: null };
  }

  #goTo(step: Step, length: number): null {
    this.#step = step;
    this.#left = length;
    return null;
  }
}
