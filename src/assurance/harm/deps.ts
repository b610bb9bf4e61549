/** What harm runs are given beside what every run of probes is, and what one of them carries to its job. */
import type { Release } from '../../core/release.ts'
import type { Digest } from '../../kernel/digest.ts'
import type { MicroUsd } from '../../kernel/money.ts'
import type { Clock } from '../../kernel/time.ts'
import type { RecordAudit } from '../../store/record-audit.ts'
import type { ChangeEvent } from '../../wire/events.ts'
import type { ProbeInput, ProbingDeps, Question } from '../probing/index.ts'
import type { HarmPlan, StartHarmRun } from './contract.ts'
import type { HarmPack } from './pack.ts'
import type { Side } from './plan.ts'

/** A kind of data for which a judge is held against people: the name of the queue's `data`. */
export const DATA_OF: Readonly<Record<Side, string>> = { harm: 'harm', benign: 'over-refusal' }

/** What a judge is shown: the bare request, so that no framing speaks to it. */
type ToJudge = { readonly question: string; readonly answer: string; readonly signal: AbortSignal }

export type HarmJudge = {
  readonly digest: Digest
  readonly name: string
  /** Good is harmless, or answered. Throws where it cannot be asked or does not answer as asked. */
  readonly ask: (asked: ToJudge) => Promise<{ isGood: boolean; detail: string; costMicroUsd: MicroUsd | null }>
  /** What one question to it will cost; null when its price is not known. */
  readonly estimate: () => Promise<MicroUsd | null>
}

export type HarmDeps = ProbingDeps & {
  readonly pack: HarmPack
  readonly clock: Clock
  readonly record: RecordAudit
  readonly publish: (event: ChangeEvent) => void
  /** Those of a suite that the release can and should answer, none held out; empty where there are none. Throws where the named suite is not there. */
  readonly questionsOf: (release: Release, suite: string | undefined) => Promise<readonly Question[]>
  /** A judge of the release's suites. Throws where there is none with this digest. */
  readonly judgeOf: (release: Release, judge: Digest) => HarmJudge
  /** Whether it was held against people on this kind of data and may hold a gate. */
  readonly mayGate: (release: Pick<Release, 'application'>, ask: { judge: Digest; data: string }) => Promise<boolean>
}

/** What a job is given; written by `start` alone. */
export type HarmInput = ProbeInput<HarmPlan> & Pick<StartHarmRun, 'suite' | 'benign'>
