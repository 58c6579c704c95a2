/** Memory for blocks of files, used again and again: fresh memory for each file costs about as much as reading it. */
export class BlockPool {
  readonly #free: Uint8Array[] = [];
  #largest = 0;

  /** At least so many bytes, of any content. */
  take(length: number): Uint8Array {
    this.#largest = Math.max(this.#largest, length);
    const block = this.#free.pop();
    return block !== undefined && block.length >= length ? block : new Uint8Array(this.#largest);
  }

  /** Whoever gives a block back has no view of it any more. */
  give(block: Uint8Array): void {
    this.#free.push(block);
  }
}
