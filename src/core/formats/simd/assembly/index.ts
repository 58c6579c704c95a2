export { walkRecord } from './recordWalk';
