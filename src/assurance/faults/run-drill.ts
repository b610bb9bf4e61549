/** The faults of a drill, one after the other, each in all forms at once; then what they say together. */
import { FAULT_WORDS, type Fault, NO_FAULT } from '../../core/fault.ts'
import type { Release } from '../../core/release.ts'
import { Failure } from '../../kernel/failure.ts'
import { type MicroUsd, picoOf } from '../../kernel/money.ts'
import { MINUTE, monotonicMs, SECOND, sleep } from '../../kernel/time.ts'
import { inTransaction } from '../../store/database.ts'
import type { JobRun } from '../../store/jobs.ts'
import { askFaulty } from './ask.ts'
import type { AskForm, FaultCase, FaultResult } from './contract.ts'
import type { FaultDeps, FaultInput, Port } from './deps.ts'
import { draftOf, weigh } from './evidence.ts'
import { judge } from './judge.ts'
import { callsOf } from './plan.ts'
import { readAnswer } from './read-answer.ts'

type Running = {
  readonly run: JobRun
  readonly input: FaultInput
  readonly release: Release
  readonly port: Port
}

export async function runDrill(running: Running, deps: FaultDeps): Promise<FaultResult> {
  const { run, input, release } = running
  const { plan } = input
  const stage = deps.stageOf(release)
  const pace = paceOf(input)
  const cases: FaultCase[] = []
  let dearest = 0n
  for (const fault of [NO_FAULT, ...plan.faults]) {
    if (isSpent(cases, dearest, input.maxCostMicroUsd)) {
      cases.push(...plan.forms.map((form) => ({ ...form, fault, ...UNPAID })))
      continue
    }
    const own = await run.step(fault, async () => {
      await pace(run.signal)
      await run.progress(cases.length, callsOf(plan), fault === NO_FAULT ? 'A good day.' : FAULT_WORDS[fault])
      return Promise.all(plan.forms.map((form) => tryOne(running, { deps, stage, form, fault })))
    })
    if (fault === NO_FAULT) demandAnswers(own)
    cases.push(...own)
    const cost = costOf(own)
    if (cost > dearest) dearest = cost
  }
  const fallbacks = await deps.fallbacksOf(release)
  const result = { stage, cases, ...weigh(cases, { release, plan, fallbacks }) }
  const { by } = input
  const evidence = await run.step('evidence', async () => {
    const draft = draftOf({ release, plan, fallbacks, result, by, run: run.job.id })
    return (await inTransaction(deps.db, (tx) => deps.recordEvidence(tx, draft))).id
  })
  return { ...result, evidence }
}

const costOf = (cases: readonly FaultCase[]): bigint =>
  cases.reduce((sum, { costMicroUsd }) => sum + (costMicroUsd === null ? 0n : picoOf(costMicroUsd)), 0n)

/** True when another fault might take more than is left: as much as the dearest so far. */
const isSpent = (cases: readonly FaultCase[], dearest: bigint, most: MicroUsd | undefined): boolean =>
  most !== undefined && costOf(cases) + dearest > picoOf(most)

const UNPAID: Omit<FaultCase, 'fault' | keyof AskForm> = {
  ...{ outcome: 'not-tried', says: 'not asked, because the budget would not have held' },
  ...{ status: null, trace: null, ms: 0, costMicroUsd: null },
}

type Tried = {
  readonly deps: FaultDeps
  readonly stage: string
  readonly form: AskForm
  readonly fault: Fault | typeof NO_FAULT
}

async function tryOne({ run, input, release, port }: Running, { deps, stage, form, fault }: Tried): Promise<FaultCase> {
  const { question, clockSeconds } = input.plan
  const answer = await askFaulty({
    ...{ port, question, form, signal: run.signal },
    model: `${release.application}@${stage}`,
    fault: fault === NO_FAULT ? undefined : fault,
    clockMs: clockSeconds * SECOND,
  })
  if (answer.release !== null && answer.release !== release.id)
    throw new Failure(
      'conflict',
      'faults.other-release',
      `Another release answered in ${stage} while r${release.number} was drilled. Wait until its rollout is over, and run it again.`,
    )
  const { heard, labels, trace, ms } = answer
  const kept = trace === null ? undefined : await deps.traceOf(release, trace)
  const { manifest } = release
  return {
    ...{ ...form, fault, trace, ms },
    status: heard.status === 0 ? null : heard.status,
    costMicroUsd: kept?.costMicroUsd ?? null,
    ...judge({
      ...{ fault, labels, status: heard.status },
      seen: readAnswer(form, heard),
      guardrails: (manifest.guardrails ?? []).map(({ name }) => name),
      verdicts: kept?.verdicts ?? null,
      abstentions: manifest.flow.steps.flatMap((step) => (step.use === 'abstain' ? [step.answer] : [])),
    }),
  }
}

/** What does not answer on a good day tells nothing of a bad one. */
function demandAnswers(cases: readonly FaultCase[]): void {
  if (cases.some(({ outcome }) => outcome !== 'refused' && outcome !== 'not-tried')) return
  throw new Failure(
    'unavailable',
    'faults.nothing-answered',
    `No question was answered before anything was made to fail: ${cases[0]?.says ?? 'nothing came back'}. Ask it once in the playground, then run it again.`,
  )
}

/** Waits so long before each fault that its requests leave users their room under the cap. */
function paceOf({ plan: { forms }, perMinute }: FaultInput): (signal: AbortSignal) => Promise<void> {
  let lastMs: number | undefined
  return async (signal) => {
    if (perMinute === null) return
    const dueMs = lastMs === undefined ? 0 : lastMs + (forms.length / perMinute) * MINUTE
    const waitMs = dueMs - monotonicMs()
    if (lastMs !== undefined && waitMs > 0) await sleep(waitMs, signal)
    lastMs = monotonicMs()
  }
}
