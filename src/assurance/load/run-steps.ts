/** The steps of a load run, one after the other, until the plan is done or one of them says that it is enough. */
import type { Release } from '../../core/release.ts'
import { Failure } from '../../kernel/failure.ts'
import { type MicroUsd, microUsd, picoOf } from '../../kernel/money.ts'
import { inTransaction } from '../../store/database.ts'
import type { JobRun } from '../../store/jobs.ts'
import { arrivalsOf } from './arrivals.ts'
import { capacityOf, shown, wantedOf } from './capacity.ts'
import type { LoadResult, PlannedStep, StepFigures } from './contract.ts'
import type { LoadDeps, LoadInput, Question } from './deps.ts'
import { draftOf, limitInWords } from './evidence.ts'
import type { Generated } from './generate.ts'
import { generateApart } from './generate-apart.ts'
import { figuresOf, recoveredSeconds } from './measure.ts'
import { requestsOf } from './plan.ts'
import { quotasOf } from './quotas.ts'

type Running = {
  readonly run: JobRun
  readonly input: LoadInput
  readonly release: Release
  readonly questions: readonly Question[]
  readonly port: { readonly baseUrl: string; readonly token: string }
}
/** What a step leaves with its job. */
type Left = { readonly figures: StepFigures; readonly spent: MicroUsd; readonly recovered: number | null }

/** Surely more than this share of failures ends a step. */
const MOST_FAILING = 0.1

export async function runSteps(running: Running, deps: LoadDeps): Promise<LoadResult> {
  const { run, input, release } = running
  const { plan } = input
  const stage = deps.stageOf(release)
  const left: Left[] = []
  for (const [at, step] of plan.steps.entries()) {
    if (!isStillAsked(step, left)) continue
    const one = await run.step<Left>(`${step.kind} ${step.factor}`, () => measure(running, { deps, step, at, left }))
    if (step.kind === 'warm-up' && one.figures.answered === 0)
      throw new Failure(
        'unavailable',
        'load.nothing-answered',
        `None of the first ${one.figures.sent} requests was answered: ${one.figures.errors[0]?.what ?? 'nothing came back'}. Ask it once in the playground, then run it again.`,
      )
    left.push(one)
  }
  const steps = left.map(({ figures }) => figures)
  const failed = steps.filter(({ standing, step }) => standing === 'failed' && isCounted(step))
  const asked = await run.step('asked', () =>
    deps.askedIn({ application: release.application, run: run.job.id, since: run.job.createdAt }),
  )
  const capacity = capacityOf(steps, { plan, processes: deps.processes })
  const quotas = quotasOf({ ...asked, limitsOf: await deps.quotas(), wantedPerSecond: wantedOf(plan) })
  const result = {
    ...{ stage, steps, asked: { requests: asked.requests, models: [...asked.models] } },
    capacity: { ...capacity, quotas },
    recoveredSeconds: left.find(({ figures }) => figures.step.kind === 'recovery')?.recovered ?? null,
    breaksAt: failed.length === 0 ? null : Math.min(...failed.map(({ step }) => step.factor)),
  }
  const evidence = await run.step('evidence', async () => {
    const draft = draftOf({ release, by: input.by, plan, result, run: run.job.id })
    return draft ? (await inTransaction(deps.db, (tx) => deps.recordEvidence(tx, draft))).id : null
  })
  return { ...result, words: wordsOf(result), evidence }
}

const isCounted = ({ kind }: PlannedStep): boolean => kind === 'planned' || kind === 'beyond'

/** What is above a step that ended before its time says nothing more; recovery needs something to recover from. */
function isStillAsked({ kind }: PlannedStep, left: readonly Left[]): boolean {
  const loaded = left.map(({ figures }) => figures).filter(({ step }) => isCounted(step))
  const isOver = loaded.some(({ stoppedBy, limitedBy }) => stoppedBy !== null || limitedBy === 'cap')
  const isBroken = loaded.some(({ standing }) => standing === 'failed')
  if (kind === 'recovery') return isBroken && loaded.every(({ stoppedBy }) => stoppedBy !== 'cost')
  return !isOver && !(kind === 'beyond' && isBroken)
}

async function measure(
  { run, input, release, questions, port }: Running,
  { deps, step, at, left }: { deps: LoadDeps; step: PlannedStep; at: number; left: readonly Left[] },
): Promise<Left> {
  const { plan, maxCostMicroUsd } = input
  const stage = deps.stageOf(release)
  const total = requestsOf(plan)
  const before = left.reduce((sum, { figures }) => sum + figures.sent, 0)
  const spent = left.reduce((sum, one) => sum + picoOf(one.spent), 0n)
  const tell = (sent: number, errors: number) =>
    void run
      .progress(
        before + sent,
        total,
        `${step.kind}, ${shown(step.perSecond)} a second${errors > 0 ? `, ${errors} failed` : ''}`,
      )
      // Whoever may not write of the job any more is told by the signal.
      .catch(() => {})
  tell(0, 0)
  const generated = await generateApart(
    {
      ...port,
      ...{ model: `${release.application}@${stage}`, release: release.id, questions, streamed: plan.streamed },
      metadata: { traffic: 'probe', feature: 'load-run', run: run.job.id },
      arrivalsMs: arrivalsOf(step, at + 1),
      timeoutMs: plan.timeoutSeconds * 1000,
      mostErrors: step.kind === 'warm-up' ? 1 : MOST_FAILING,
      mostPico: maxCostMicroUsd === undefined ? null : picoOf(maxCostMicroUsd) - spent,
    },
    { signal: run.signal, tell: ({ sent, errors }) => tell(sent, errors) },
  )
  if (generated.stoppedBy === 'other-release')
    throw new Failure(
      'conflict',
      'load.other-release',
      `Another release answered in ${stage} while r${release.number} was loaded. Wait until its rollout is over, and run it again.`,
    )
  return {
    figures: figuresOf(generated, step, plan.objectives),
    spent: microUsd(generated.costPico),
    recovered: step.kind === 'recovery' ? recoveryOf(generated, { plan: input.plan, left }) : null,
  }
}

/** Without an objective in time is twice what the lowest step took. */
function recoveryOf(generated: Generated, { plan, left }: { plan: LoadInput['plan']; left: readonly Left[] }) {
  const lowest = left.find(({ figures }) => figures.step.kind === 'planned')?.figures.latencyMs?.p95.value
  const inTimeMs = plan.objectives.p95Ms ?? (lowest === undefined ? Number.POSITIVE_INFINITY : 2 * lowest)
  return recoveredSeconds(generated, { inTimeMs })
}

function wordsOf({
  steps,
  capacity,
  breaksAt,
  recoveredSeconds: recovered,
}: Pick<LoadResult, 'steps' | 'capacity' | 'breaksAt' | 'recoveredSeconds'>): string[] {
  const isRecovered = steps.some(({ step }) => step.kind === 'recovery')
  return [
    ...new Set(
      steps
        .map(limitInWords)
        .filter((words) => words !== '')
        .map((words) => words.trim()),
    ),
    capacity.says,
    ...(breaksAt === null ? [] : [`It broke at ${shown(breaksAt)} times the expected peak.`]),
    ...(isRecovered
      ? [
          recovered === null
            ? 'After the overload it was not well again while it was watched.'
            : `${shown(recovered)} s after the overload all was answered in time again.`,
        ]
      : []),
  ]
}
