/** What attack runs are given beside what every run of probes is, and what one of them carries to its job. */
import type { Release } from '../../core/release.ts'
import type { ProbeInput, ProbingDeps, Question } from '../probing/index.ts'
import type { AttackPlan, StartAttackRun } from './contract.ts'
import type { AttackPack } from './pack.ts'

export type AttackDeps = ProbingDeps & {
  readonly pack: AttackPack
  /** Of a suite, none held out; empty where the release has no suite. Throws where the named one is not there. */
  readonly questionsOf: (release: Release, suite: string | undefined) => Promise<readonly Question[]>
}

/** What a job is given; written by `start` alone. */
export type AttackInput = ProbeInput<AttackPlan> & Pick<StartAttackRun, 'suite'>
