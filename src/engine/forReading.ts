import { constants } from 'node:fs';

/** How files are opened: a pipe that nobody writes into is opened at once too, where it would be waited for without an end. */
export const forReading = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
