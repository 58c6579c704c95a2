/** What the process ends with: a public contract. */
export const exitCode = { done: 0, internalError: 1, wrongUsage: 2, unreadable: 3, noLimit: 4 } as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
