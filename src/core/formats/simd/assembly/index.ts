export { walkRows } from './recordRows';
export { walkRecord } from './recordWalk';
export { takeRows } from './tableRows';
