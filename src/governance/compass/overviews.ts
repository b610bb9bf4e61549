/** Verbs of the compass: one application in one view, and all of them. */
import type { ActorId } from '../../core/actor.ts'
import type { Name } from '../../core/names.ts'
import type { NextSteps, Persona } from '../../core/next-steps.ts'
import type { ReleaseId } from '../../core/release.ts'
import { nextStage, type Stage } from '../../core/stage.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Forecasts } from '../forecast/forecasts.ts'
import type { WholePlan } from '../plan/plan-view.ts'
import {
  alertsOf,
  beginnings,
  FIRST_TASKS,
  type NextThing,
  nextOf,
  type Overview,
  PHASES,
  type Phase,
  phaseOf,
  satisfactionOf,
  THREE,
  type Watched,
} from './compass.ts'

export type Position = {
  readonly releases: number
  /** The release that was frozen last. */
  readonly newest: ReleaseId | null
  readonly stage: Stage | null
  readonly isMoving: boolean
  readonly hasNewer: boolean
}

export type OverviewsDeps = {
  readonly clock: () => Instant
  readonly forecasts: Forecasts
  readonly applications: () => Promise<readonly Name[]>
  readonly positionOf: (name: Name) => Promise<Position>
  readonly planOf: (name: Name) => Promise<Pick<WholePlan, 'progress' | 'resources'>>
  readonly stepsAt: (ask: { release: ReleaseId; into: Stage; persona: Persona; by: ActorId }) => Promise<NextSteps>
  readonly watched: (name: Name) => Promise<Watched & { readonly spentThisMonthUsd: number | null }>
  /** Of the last 28 days, each user's last word on an answer. */
  readonly feedbackOf: (name: Name) => Promise<{ good: number; n: number }>
}

/** Who looks, and in which order. */
type Reader = { readonly persona: Persona; readonly by: ActorId }

export type Overviews = ReturnType<typeof createOverviews>

export function createOverviews(deps: OverviewsDeps) {
  async function of(name: Name, { persona, by }: Reader): Promise<Overview> {
    const at = deps.clock()
    const position = await deps.positionOf(name)
    const { progress, resources } = await deps.planOf(name)
    const { spentThisMonthUsd, ...watched } = await deps.watched(name)
    const forecast = await deps.forecasts.of(name)
    return {
      application: name,
      at,
      phase: phaseOf(position),
      stage: position.stage,
      satisfaction: satisfactionOf({ ...(await deps.feedbackOf(name)), until: at }),
      cost: { spentThisMonthUsd, forecast },
      returns: resources.roi && { ...resources.roi, months: resources.months },
      use: { requests: watched.requests, errors: watched.errors },
      alerts: alertsOf(watched),
      next: await nextThings(name, position, { persona, by, progress }),
    }
  }

  async function nextThings(
    name: Name,
    { newest, stage }: Position,
    { persona, by, progress }: Reader & { progress: WholePlan['progress'] },
  ): Promise<NextThing[]> {
    if (newest === null) return beginnings(name, progress.parts)
    const into = nextStage(stage ?? 'sandbox')
    if (into === undefined) return []
    return nextOf(name, { steps: await deps.stepsAt({ release: newest, into, persona, by }), release: newest, into })
  }

  return {
    of,

    /** The next three things are those of the applications that are furthest, as most people wait for them. */
    async all({ persona, phase, by }: Reader & { phase?: Phase | undefined }, only: string | null) {
      const names = (await deps.applications()).filter((name) => only === null || name === only)
      const all: Overview[] = []
      for (const name of names.slice(0, MOST_IN_VIEW)) all.push(await of(name, { persona, by }))
      const furthest = all.toSorted((a, b) => PHASES.indexOf(b.phase) - PHASES.indexOf(a.phase))
      const items = all.filter((one) => phase === undefined || one.phase === phase)
      return {
        persona,
        first: FIRST_TASKS[persona],
        next: roundRobin(furthest.filter((one) => items.includes(one)).map(({ next }) => next)).slice(0, THREE),
        items,
        isCut: names.length > MOST_IN_VIEW,
        phases: Object.fromEntries(
          PHASES.map((one) => [one, all.filter(({ phase: its }) => its === one).length]),
        ) as Record<Phase, number>,
      }
    },
  }
}

/** Each takes a look at every gate; more are for the list of applications. */
const MOST_IN_VIEW = 25

/** The first of each, then the second of each. */
const roundRobin = (lists: readonly (readonly NextThing[])[]): NextThing[] =>
  Array.from({ length: THREE }, (_, at) => lists.flatMap((list) => list[at] ?? [])).flat()
