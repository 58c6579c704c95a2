export { readKnownLine } from './knownLine';
export { findLines } from './markedLines';
export { walkRows } from './recordRows';
export { walkRecord } from './recordWalk';
export { takeRows } from './tableRows';
export { passRecords } from './soundRecords';
