import { inEnglish } from '../inEnglish.ts';

/**
 * Names under which logs count their progress, without case, signs and blanks. Only for telling a log from another file;
 * which of a log's counters is its axis is decided where runs are built.
 */
const counters = new Set(
  (
    'step steps globalstep globalsteps trainstep trainsteps trainingstep trainingsteps currentstep currentsteps totalsteps ' +
    'numsteps nsteps optimizerstep optimstep updatestep updatesteps envstep envsteps trainerglobalstep traineriter ' +
    'epoch epochs globalepoch currentepoch trainepoch epochid ' +
    'iter iters iteration iterations globaliteration trainiter trainiteration trainingiteration iternum numiter itern ' +
    'update updates nupdates numupdates batch batches batchidx minibatch ' +
    'episode episodes episodestotal episodenum numepisodes episodeid ' +
    'round rounds commround generation generations gen cycle checkpoint ' +
    'timesteps timestep totaltimesteps timestepstotal numtimesteps totalenvinteracts envinteracts totalinteractions frames ' +
    'totalframes numframes tokens tokensseen numtokens totaltokens tokensprocessed numinputtokensseen samples samplesseen ' +
    'examplesseen cumulativeexamples trainedtokens t trial'
  ).split(' '),
);

/** Whether the last part of the name is what logs call their progress. */
export function isCounterName(name: string): boolean {
  const last = inEnglish(name.slice(name.lastIndexOf('/') + 1)).toLowerCase();
  return counters.has(last.replace(/[^a-z]/g, ''));
}
