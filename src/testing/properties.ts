/**
 * How properties are tried with fast-check: a fixed seed and a bounded number of cases in the ordinary run, so that it
 * says the same twice. `AIRWORTHY_TEST_SEEDS=20` tries twenty times as many from a seed of its own. A failure prints
 * seed and path; `fc.assert(…, { ...cases(100), seed, path })` plays it again.
 */
import { readConfig } from '../config.ts'

const SEED = 20_260_301

export function cases(usual: number): { readonly numRuns: number; readonly seed?: number } {
  const { testSeeds } = readConfig()
  return testSeeds === undefined ? { numRuns: usual, seed: SEED } : { numRuns: usual * testSeeds }
}
