/**
 * Where things stand in the memory of the kernel, in bytes: it and what feeds it agree here, and nowhere else. The kernel reads
 * this file as AssemblyScript, so it holds plain whole numbers only.
 */

/** Powers of ten as doubles, and what each leaves out. */
export const powersAt = 0;
export const powerRestsAt = 368;
/** Powers of ten up to 1e19 as integers of 64 bits. */
export const tensAt = 736;
/** Objects that are open: of each, its key and the key before it in the object around it. */
export const stackAt = 1024;
export const mostOpen = 16;
/** Sixteen zeros, and as many masks of what a digit counts: from the nth on they leave the last n of sixteen digits. */
export const digitMasksAt = 1152;
export const digitMask = 15;
/** What a record has: how many numbers, how many texts, and the flags of its keys. */
export const numberCountAt = 1280;
export const textCountAt = 1284;
export const flagsAt = 1288;
/** How many rows were read at once. */
export const rowCountAt = 1292;
/** A number that is of no use; a double, as all numbers. */
export const spareAt = 1296;
/** Its numbers, the keys of them, and its texts: key, start and end of each. */
export const numbersAt = 2048;
export const mostNumbers = 1024;
export const numberKeysAt = 10240;
export const textsAt = 14336;
export const textBytes = 12;
export const mostTexts = 256;
/** Of a table: how many cells lie before each wanted one, from the wanted one before it on. */
export const gapsAt = 20480;
/** Of records: keys that were met, and the bytes that lead to their values. */
export const keysAt = 20480;
export const keyBytes = 56;
export const mostKeys = 1920;
export const leadsAt = 131072;
export const leadsBytes = 262144;
/** Of a lead: a mask of those of its first bytes that count, and all of them. */
export const leadFirst = 32;
export const leadBytes = 32;
/** Of consoles: words that are looked for, signs that a colour may stand behind to part one, and the lines that were found. */
export const marksAt = 20480;
export const markBytes = 96;
export const mostMarks = 16;
export const partedAt = 24576;
export const linesAt = 131072;
export const lineBytes = 16;
export const mostLines = 8192;
/** Line feeds that were passed. */
export const feedCountAt = 1304;
/** Numbers of rows, column after column; NaN where a row has none, and everywhere while no rows are read. */
export const rowsAt = 401408;
export const rowsAtOnce = 128;
export const mostColumns = 512;
/** Lines of consoles that are known, and what stands in them between their numbers. */
export const templatesAt = 925696;
export const templatesBytes = 262144;
/** Of files of records: eight tables of checksums, and the checksums of short lengths; 0 where it was not asked for yet. */
export const crcTablesAt = 1187840;
export const crcTablesBytes = 8192;
export const knownSumsAt = 1196032;
export const mostKnownSums = 1024;
/** The bytes of the log, where they were somewhere else before. */
export const blockAt = 1200128;
export const mostBlock = 4194304;
/** So many bytes behind a block are read with it, whatever they are. */
export const reach = 64;
/** Two lanes into which bytes of a log are read in turns, so that they need not be moved; with the reach of each. */
export const lanesAt = 5394496;
export const laneBytes = 2097152;

/** Parts of a key. */
export const keyLead = 0;
export const keyLeadLength = 4;
export const keyFlags = 8;
/** The first of its list's items, and nothing behind it; its list is told by an address that is one more than its own. */
export const keyFirstItem = 12;
/** Keys that may stand behind it, and keys that may stand first in its object; 0 behind the last of them. */
export const keyFollowers = 20;
export const keyFirst = 36;
export const mostFollowers = 4;
/** Where its column of rows begins; 0 while it has none. */
export const keyColumn = 52;

/** Flags of a key; those of a record are those of its numbers together. */
export const isPassedOver = 1;
export const isIgnored = 2;
export const isTelling = 4;
export const isCounter = 8;
export const isItem = 16;
export const hasNumber = 32;
export const hasNaN = 64;
/** Its texts are not even looked at. */
export const passesTexts = 128;

/** Parts of a word that is looked for: its length, where its two rarest bytes stand in it, itself, and sixteen times each of those. */
export const markLength = 0;
export const markFirst = 4;
export const markSecond = 8;
export const markWord = 12;
export const mostMarkLength = 48;
export const markFirsts = 64;
export const markSeconds = 80;

/** Parts of a line that was found; the feeds are those before it, and it may matter where its last part is not 0. */
export const lineFrom = 0;
export const lineTo = 4;
export const lineFeeds = 8;
export const lineMatters = 12;

/** Parts of a known line: how many numbers it has, and what leads to each; behind the last of them stands its end, as a lead. */
export const templateSlots = 8;
export const slotBytes = 24;
export const slotLead = 0;
export const slotLeadLength = 4;
export const slotForm = 8;
/** Of a number that has as many signs as it had. */
export const slotLength = 12;
/** Where the number is put. */
export const slotGoal = 16;

/** Forms of a number: nothing but digits, with a point between them where `hasPoint` says so; `isFixed` with its length too. */
export const isPlain = 1;
export const isFixed = 2;
export const hasPoint = 4;
export const isPadded = 8;

/** What a line is to a known one. */
export const isOther = 0;
export const isAlike = 1;
/** A number in it is not for the kernel. */
export const isUnsure = 2;
