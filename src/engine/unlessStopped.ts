import type { Control } from '../core/control.ts';

const betweenMs = 100;

/**
 * The outcome of work that does not ask whether it is wanted, such as a read from a slow disk. Once it is not, it is not waited
 * for any more: it goes on, and what it comes to is nobody's.
 * @param leave lets go of what it comes to then, where that holds something
 */
export function unlessStopped<T>(
  work: Promise<T>,
  control: Control,
  leave: (outcome: T) => Promise<void> = async () => {},
): Promise<T> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      try {
        control.check();
      } catch (error) {
        clearInterval(timer);
        reject(error);
        // What it fails with is nobody's either.
        work.then(leave).catch(() => {});
      }
    };
    const timer = setInterval(look, betweenMs);
    look();
    work.then(resolve, reject).finally(() => clearInterval(timer));
  });
}
