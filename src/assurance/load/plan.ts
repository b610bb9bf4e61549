/** From what is asked to the steps of a run; pure. Each step is long enough for its figures to say something. */
import type { Serving } from '../../core/serving.ts'
import { Failure } from '../../kernel/failure.ts'
import type { LoadPlan, Objectives, PlannedStep, StartLoadRun, StepKind } from './contract.ts'

/** 73 values give the upper end of a p95 (0.95^n below 0.025), and every second request is a stream. */
const LEAST_REQUESTS = 150
const LONGEST_SECONDS = 3600
const WARM_UP = { factor: 0.5, seconds: 5, requests: 10 } as const
const RECOVERY = { factor: 0.5, seconds: 20, requests: 20 } as const

/** What is declared counts; a figure that contradicts it would be another objective than the release has. */
export function objectivesOf(
  serving: Serving | undefined,
  given: Pick<StartLoadRun, 'peakPerSecond' | 'p95Ms' | 'firstTokenMs'>,
): Objectives {
  const mode = serving?.mode ?? 'real-time'
  const problems: { field: string; message: string }[] = []
  const settled = (field: 'peakPerSecond' | 'p95Ms' | 'firstTokenMs'): number | null => {
    const [declared, said] = [serving?.[field], given[field]]
    if (declared !== undefined && said !== undefined && declared !== said)
      problems.push({ field, message: `is ${said}, and serving.${field} of the release is ${declared}` })
    return declared ?? said ?? null
  }
  const [peakPerSecond, p95Ms, firstTokenMs] = [settled('peakPerSecond'), settled('p95Ms'), settled('firstTokenMs')]
  if (mode === 'batch' && firstTokenMs !== null)
    problems.push({ field: 'firstTokenMs', message: 'is of no use: the release is served in batches' })
  if (problems.length > 0)
    throw new Failure(
      'invalid',
      'load.objectives-differ',
      `What is asked differs from what the release declares: ${problems.map(({ field, message }) => `${field} ${message}`).join('; ')}. Leave it out, or change serving in airworthy.yaml and freeze a release.`,
      { problems },
    )
  if (peakPerSecond === null)
    throw new Failure(
      'invalid',
      'load.peak-unknown',
      'Nobody said how many requests a second are expected. Write serving: {mode: real-time, peakPerSecond: 5, p95Ms: 3000} into airworthy.yaml, or give peakPerSecond.',
      { problems: [{ field: 'peakPerSecond', message: 'is said neither by the release nor here' }] },
    )
  const from = serving?.peakPerSecond === undefined || serving.p95Ms === undefined ? 'given' : 'blueprint'
  return { mode, peakPerSecond, p95Ms, firstTokenMs, from }
}

export function planOf(objectives: Objectives, ask: StartLoadRun, questions: number): LoadPlan {
  const { factor, beyond = 0, seconds, headroom, timeoutSeconds } = ask
  const { peakPerSecond, mode } = objectives
  const step = (kind: StepKind, times: number, least: { seconds: number; requests: number }): PlannedStep => {
    const perSecond = peakPerSecond * times
    const lasts = Math.min(LONGEST_SECONDS, Math.max(least.seconds, least.requests / perSecond))
    // As many as come to the rate at least, so that twice the peak is no 1.99 times.
    return { kind, factor: times, perSecond, seconds: lasts, requests: Math.max(1, Math.ceil(perSecond * lasts)) }
  }
  const planned = [...new Set([0.5, 1, factor])].map((times) =>
    step('planned', times, { seconds, requests: LEAST_REQUESTS }),
  )
  const further: PlannedStep[] = []
  for (let times = factor * 2; times <= beyond; times *= 2)
    further.push(step('beyond', times, { seconds, requests: LEAST_REQUESTS }))
  return {
    ...{ objectives, questions, timeoutSeconds, headroom },
    steps: [
      step('warm-up', WARM_UP.factor, { ...WARM_UP, seconds: Math.min(seconds, WARM_UP.seconds) }),
      ...planned,
      ...further,
      ...(further.length > 0
        ? [step('recovery', RECOVERY.factor, { ...RECOVERY, seconds: Math.min(seconds, RECOVERY.seconds) })]
        : []),
    ],
    streamed: ask.streamed ?? (mode === 'batch' ? 'none' : 'some'),
  }
}

export const requestsOf = ({ steps }: Pick<LoadPlan, 'steps'>): number =>
  steps.reduce((sum, { requests }) => sum + requests, 0)

/** Without waiting for the last answers. */
export const minutesOf = ({ steps }: Pick<LoadPlan, 'steps'>): number =>
  Math.ceil(steps.reduce((sum, { seconds }) => sum + seconds, 0) / 6) / 10
