/** A command line that cannot be meant; `message` is a sentence that names the option and the remedy. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
