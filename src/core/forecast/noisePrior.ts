/** Prior of the noise size: so many checkpoints' worth of belief in so much noise, in ranges of the run. */
export const noiseStrength = 2;
export const noiseSize = 0.02;
