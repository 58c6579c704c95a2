export { walkRows } from './recordRows';
export { walkRecord } from './recordWalk';
