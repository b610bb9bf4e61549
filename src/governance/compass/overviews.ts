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
  readonly planOf: (name: Name, stage: Stage | null) => Promise<Pick<WholePlan, 'progress' | 'resources'>>
  readonly stepsAt: (ask: { release: ReleaseId; into: Stage; persona: Persona; by: ActorId }) => Promise<NextSteps>
  readonly watched: (name: Name) => Promise<Watched & { readonly spentThisMonthUsd: number | null }>
  /** Of the last 28 days, each user's last word on an answer. */
  readonly feedbackOf: (name: Name) => Promise<{ good: number; n: number }>
}

/** Who looks, and in which order. */
type Reader = { readonly persona: Persona; readonly by: ActorId }

export type Overviews = ReturnType<typeof createOverviews>

export function createOverviews(deps: OverviewsDeps) {
  const of = async (name: Name, reader: Reader): Promise<Overview> => {
    const found = await lookAt(name)
    return { ...found.view, next: await nextThings(name, found, reader) }
  }

  /** All but what is next, which takes a look at a gate. */
  async function lookAt(name: Name) {
    const at = deps.clock()
    const position = await deps.positionOf(name)
    const { progress, resources } = await deps.planOf(name, position.stage)
    const { spentThisMonthUsd, ...watched } = await deps.watched(name)
    const forecast = await deps.forecasts.of(name)
    const view = {
      application: name,
      at,
      phase: phaseOf(position),
      stage: position.stage,
      satisfaction: satisfactionOf({ ...(await deps.feedbackOf(name)), until: at }),
      cost: { spentThisMonthUsd, forecast },
      returns: resources.roi && { ...resources.roi, months: resources.months },
      use: { requests: watched.requests, errors: watched.errors },
      alerts: alertsOf(watched),
    }
    return { view, position, progress }
  }

  async function nextThings(
    name: Name,
    { position: { newest, stage }, progress }: { position: Position; progress: WholePlan['progress'] },
    { persona, by }: Reader,
  ): Promise<NextThing[]> {
    if (newest === null) return beginnings(name, progress.parts)
    const into = nextStage(stage ?? 'sandbox')
    if (into === undefined) return []
    return nextOf(name, { steps: await deps.stepsAt({ release: newest, into, persona, by }), release: newest, into })
  }

  return {
    of,

    /**
     * The next three things are those of the applications that are furthest, as most people wait for them; of the
     * others nobody asks here what is next.
     */
    async all({ persona, phase, by }: Reader & { phase?: Phase | undefined }, only: string | null) {
      const names = (await deps.applications()).filter((name) => only === null || name === only)
      const all = await Promise.all(names.slice(0, MOST_IN_VIEW).map(lookAt))
      const shown = all.filter(({ view }) => phase === undefined || view.phase === phase)
      const furthest = shown.toSorted((a, b) => PHASES.indexOf(b.view.phase) - PHASES.indexOf(a.view.phase))
      const nexts = new Map<Name, NextThing[]>()
      for (const one of furthest) {
        if (nexts.size >= THREE) break
        const next = await nextThings(one.view.application, one, { persona, by })
        if (next.length > 0) nexts.set(one.view.application, next)
      }
      const items = shown.map(({ view }): Overview => ({ ...view, next: nexts.get(view.application) ?? [] }))
      return {
        persona,
        first: FIRST_TASKS[persona],
        next: roundRobin([...nexts.values()]).slice(0, THREE),
        items,
        isCut: names.length > MOST_IN_VIEW,
        phases: Object.fromEntries(
          PHASES.map((one) => [one, all.filter(({ view }) => view.phase === one).length]),
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
