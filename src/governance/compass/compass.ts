/**
 * Where an application stands for a person who has three minutes: its phase, whether users like it, what it costs and
 * returns, what is wrong now, and the next three things with time and reason. Pure.
 *
 * Invariant: what nobody measured is null and never a good sign.
 */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import type { NextSteps } from '../../core/next-steps.ts'
import { Stage } from '../../core/stage.ts'
import { wilson } from '../../kernel/statistics/index.ts'
import { Instant } from '../../kernel/time.ts'
import type { AlertLines } from '../alerts/lines.ts'
import { Forecast } from '../forecast/forecast.ts'
import type { ResourcePlan } from '../resources/resources.ts'

/** The five phases of LLMOps (S4.1). */
export const PHASES = ['discovery', 'development', 'deployment', 'monitoring', 'improvement'] as const
export const Phase = z.enum(PHASES)
export type Phase = z.infer<typeof Phase>

export const Alert = z.object({
  kind: z.enum(['errors', 'cost', 'provider']),
  title: z.string(),
  /** quiet: looked at, and nothing · firing: something is wrong now · unknown: there is nothing to look at. */
  state: z.enum(['quiet', 'firing', 'unknown']),
  says: z.string(),
})
export type Alert = z.infer<typeof Alert>

export const NextThing = z.object({
  application: Name,
  what: z.string(),
  why: z.string(),
  minutes: z.number(),
  /** A page of Airworthy. */
  href: z.string(),
})
export type NextThing = z.infer<typeof NextThing>

export const Overview = z.object({
  application: Name,
  at: Instant,
  phase: Phase,
  /** The highest stage in which it is live. */
  stage: Stage.nullable(),
  /** Share of the last 28 days' feedback that was good. */
  satisfaction: z
    .object({ share: z.number(), n: z.number().int(), low: z.number(), high: z.number(), until: Instant })
    .nullable(),
  cost: z.object({
    spentThisMonthUsd: z.number().nullable(),
    forecast: Forecast.pick({ basis: true, p50Usd: true, p90Usd: true, budgetUsd: true, says: true, error: true }),
  }),
  /** Benefit less cost, by cost, over the months of the plan, from the worst to the best pair. */
  returns: z.object({ low: z.number(), high: z.number(), months: z.number().int() }).nullable(),
  /** The same with what its models really took in the place of what the plan says of them. */
  meteredReturns: z.object({
    range: z.object({ low: z.number(), high: z.number() }).nullable(),
    months: z.number().int(),
    /** What it rests on, or why there is none. */
    says: z.string(),
  }),
  /** Of the last day. */
  use: z.object({ requests: z.number().int(), errors: z.number().int() }),
  alerts: z.array(Alert),
  /** In a list of applications only for the few whose steps are told beside it. */
  next: z.array(NextThing),
})
export type Overview = z.infer<typeof Overview>

export const THREE = 3

export function phaseOf({
  releases,
  stage,
  isMoving,
  hasNewer,
}: {
  readonly releases: number
  readonly stage: Stage | null
  /** A rollout is under way. */
  readonly isMoving: boolean
  /** A release was frozen after the one that is live highest. */
  readonly hasNewer: boolean
}): Phase {
  if (releases === 0) return 'discovery'
  if (isMoving) return 'deployment'
  if (stage === 'production') return hasNewer ? 'improvement' : 'monitoring'
  return stage === 'pilot' ? 'deployment' : 'development'
}

export type Watched = {
  /** Of the last day. */
  readonly requests: number
  readonly errors: number
  readonly spentShare: number | null
  /** Each model of the last quarter of an hour. */
  readonly models: readonly { readonly model: string; readonly requests: number; readonly errors: number }[]
  /** From where on each is an alert. */
  readonly lines: AlertLines
}

/** The three that every application has from its first minute. */
export function alertsOf({ requests, errors, spentShare, models, lines }: Watched): Alert[] {
  const share = requests === 0 ? 0 : errors / requests
  const { leastRequests, leastAsked } = lines
  const down = models.filter((one) => one.requests >= leastAsked && one.errors / one.requests >= lines.provider)
  const asked = models.some((one) => one.requests >= leastAsked)
  const percent = (part: number) => `${Math.round(part * 1000) / 10} %`
  return [
    {
      kind: 'errors',
      title: 'Errors',
      state: requests < leastRequests ? 'unknown' : share >= lines.errors ? 'firing' : 'quiet',
      says:
        requests < leastRequests
          ? `Too few requests in the last day to say: ${requests} of ${leastRequests}.`
          : `${percent(share)} of ${requests} requests of the last day failed; the line is ${percent(lines.errors)}.`,
    },
    {
      kind: 'cost',
      title: 'Cost',
      state: spentShare === null ? 'unknown' : spentShare >= lines.cost ? 'firing' : 'quiet',
      says:
        spentShare === null
          ? 'There is no cap on money, so nothing can come near it.'
          : `${percent(spentShare)} of this month's cap is spent; the line is ${percent(lines.cost)}.`,
    },
    {
      kind: 'provider',
      title: 'Provider',
      state: down.length > 0 ? 'firing' : asked ? 'quiet' : 'unknown',
      says:
        down.length > 0
          ? `${down.map(({ model }) => model).join(', ')} failed in ${percent(lines.provider)} or more of the requests of the last 15 minutes.`
          : asked
            ? 'The models that were asked in the last 15 minutes answer.'
            : 'No model was asked often enough in the last 15 minutes.',
    },
  ]
}

export function satisfactionOf({
  good,
  n,
  until,
}: {
  good: number
  n: number
  until: Instant
}): Overview['satisfaction'] {
  if (n === 0) return null
  const { low, high } = wilson({ successes: good, n })
  return { share: good / n, n, low, high, until }
}

/** A cost by the meter is no return yet: something has to be gained, and something paid. */
export function meteredReturnsOf({
  metered,
  months,
}: Pick<ResourcePlan, 'metered' | 'months'>): Overview['meteredReturns'] {
  const none = (says: string) => ({ range: null, months, says })
  if (!metered?.cost) return none(metered?.says ?? 'Nothing was metered yet.')
  if (metered.cost.high <= 0) return none('It costs nothing, by the meter and by the plan.')
  if (!metered.roi) return none('The plan names no benefit yet.')
  return { range: metered.roi, months, says: metered.says }
}

const WHY = {
  mend: 'It fails, and the release has to become better.',
  answer: 'Somebody doubts its evidence, and nobody answered yet.',
  run: 'The machine can answer it; nobody has to write anything.',
  import: 'A report of another tool answers it.',
  write: 'Only a person knows it.',
  waive: 'Nothing here answers it yet.',
  approve: 'The others wait for this word.',
  later: 'It only warns for now.',
} as const

/** The first three steps at the gate that comes next, in the order of the persona. */
export function nextOf(
  application: Name,
  { steps, release, into }: { steps: NextSteps; release: string; into: Stage },
): NextThing[] {
  return steps.groups
    .flatMap(({ items }) => items)
    .slice(0, THREE)
    .map(({ title, doing, minutes, verdict }) => ({
      application,
      what: `${title}, for the gate into ${into}`,
      why: `${verdict}. ${WHY[doing]}`,
      minutes,
      href: `/releases/${release}/gates/${into}`,
    }))
}

/** Before the first release: the parts of the plan that are open, and freezing. */
export const beginnings = (
  application: Name,
  parts: readonly { readonly part: string; readonly next: string }[],
): NextThing[] =>
  [
    {
      application,
      what: 'Freeze a first release',
      why: 'Nothing can be measured before something is fixed. It goes live in the sandbox alone.',
      minutes: 1,
      href: `/applications/${application}/blueprint`,
    },
    ...parts
      .filter(({ next }) => next !== '')
      .map(({ part, next }) => ({
        application,
        what: next,
        why: `The ${part} is not whole yet, and the first gate asks for it.`,
        minutes: 10,
        href: `/applications/${application}/${part === 'assessment' ? 'advice' : part}`,
      })),
  ].slice(0, THREE)
