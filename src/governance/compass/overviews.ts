/** Verbs of the compass: one application in one view, and all of them. */
import { setImmediate } from 'node:timers/promises'
import type { ActorId } from '../../core/actor.ts'
import type { Application } from '../../core/application.ts'
import type { Name } from '../../core/names.ts'
import type { NextSteps, Persona } from '../../core/next-steps.ts'
import type { ReleaseId } from '../../core/release.ts'
import { nextStage, type Stage } from '../../core/stage.ts'
import type { Instant } from '../../kernel/time.ts'
import type { CostBrief } from '../forecast/forecasts.ts'
import type { BriefAsk, PlanBrief } from '../plan/plan.ts'
import {
  alertsOf,
  beginnings,
  meteredReturnsOf,
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
import { firstTask, type Workload } from './first-task.ts'

export type Position = {
  readonly releases: number
  /** The release that was frozen last. */
  readonly newest: ReleaseId | null
  readonly stage: Stage | null
  readonly isMoving: boolean
  readonly hasNewer: boolean
}

/** Everything that a view of an application is made of. */
export type Material = CostBrief & {
  readonly application: Pick<Application, 'name' | 'documents'>
  readonly position: Position
  readonly watched: Watched
  readonly spentThisMonthUsd: number | null
  /** What its KPIs became last. */
  readonly actuals: BriefAsk['actuals']
  /** Of the last 28 days, each user's last word on an answer. */
  readonly feedback: { readonly good: number; readonly n: number }
}

export type OverviewsDeps = {
  readonly clock: () => Instant
  /** Of all applications, where none is named, at once: hundreds are not asked about one by one. */
  readonly materialsOf: (only: Name | null) => Promise<readonly Material[]>
  readonly planOf: (application: Material['application'], ask: BriefAsk) => PlanBrief
  readonly stepsAt: (ask: { release: ReleaseId; into: Stage; persona: Persona; by: ActorId }) => Promise<NextSteps>
}

/** Applications between two breaths: plans that nobody read yet take a second for hundreds. */
const AT_ONCE = 5

/** Who looks, and in which order. */
type Reader = { readonly persona: Persona; readonly by: ActorId }

export type Overviews = ReturnType<typeof createOverviews>

export function createOverviews(deps: OverviewsDeps) {
  /** All but what is next, which takes a look at a gate. */
  function lookAt({
    application,
    position,
    watched,
    spentThisMonthUsd,
    actuals,
    forecast,
    metered,
    feedback,
  }: Material) {
    const at = deps.clock()
    const { progress, resources } = deps.planOf(application, {
      ...{ stage: position.stage, spentThisMonthUsd, metered, actuals },
    })
    const view = {
      application: application.name,
      at,
      phase: phaseOf(position),
      stage: position.stage,
      satisfaction: satisfactionOf({ ...feedback, until: at }),
      cost: { spentThisMonthUsd, forecast },
      returns: resources.roi && { ...resources.roi, months: resources.months },
      meteredReturns: meteredReturnsOf(resources),
      use: { requests: watched.requests, errors: watched.errors },
      alerts: alertsOf(watched),
    }
    return { view, position, progress }
  }

  async function looks(only: Name | null): Promise<ReturnType<typeof lookAt>[]> {
    const found: ReturnType<typeof lookAt>[] = []
    for (const material of await deps.materialsOf(only)) {
      found.push(lookAt(material))
      if (found.length % AT_ONCE === 0) await setImmediate()
    }
    return found
  }

  async function nextThings(
    name: Name,
    { position: { newest, stage }, progress }: { position: Position; progress: PlanBrief['progress'] },
    { persona, by }: Reader,
  ): Promise<NextThing[]> {
    if (newest === null) return beginnings(name, progress.parts)
    const into = nextStage(stage ?? 'sandbox')
    if (into === undefined) return []
    return nextOf(name, { steps: await deps.stepsAt({ release: newest, into, persona, by }), release: newest, into })
  }

  return {
    /** Counts what a look at all of them keeps. */
    async warm(): Promise<void> {
      await looks(null)
    },

    async of(name: Name, reader: Reader): Promise<Overview> {
      const [material] = await deps.materialsOf(name)
      if (!material) throw new Error('An application that there is has its material.')
      const found = lookAt(material)
      return { ...found.view, next: await nextThings(name, found, reader) }
    },

    /**
     * The next three things are those of the applications that are furthest, as most people wait for them; of the
     * others nobody asks here what is next.
     */
    async all(
      {
        persona,
        phase,
        workload,
        limit,
        by,
      }: Reader & { phase?: Phase | undefined; workload?: Workload | undefined; limit: number },
      only: Name | null,
    ) {
      const all = await looks(only)
      const shown = all.filter(({ view }) => phase === undefined || view.phase === phase)
      const furthest = shown.toSorted((a, b) => PHASES.indexOf(b.view.phase) - PHASES.indexOf(a.view.phase))
      const nexts = new Map<Name, NextThing[]>()
      for (const one of furthest) {
        if (nexts.size >= THREE) break
        const next = await nextThings(one.view.application, one, { persona, by })
        if (next.length > 0) nexts.set(one.view.application, next)
      }
      const items = shown
        .slice(0, limit)
        .map(({ view }): Overview => ({ ...view, next: nexts.get(view.application) ?? [] }))
      return {
        persona,
        first: firstTask(persona, workload),
        next: roundRobin([...nexts.values()]).slice(0, THREE),
        items,
        isCut: shown.length > limit,
        phases: Object.fromEntries(
          PHASES.map((one) => [one, all.filter(({ view }) => view.phase === one).length]),
        ) as Record<Phase, number>,
      }
    },
  }
}

/** The first of each, then the second of each. */
const roundRobin = (lists: readonly (readonly NextThing[])[]): NextThing[] =>
  Array.from({ length: THREE }, (_, at) => lists.flatMap((list) => list[at] ?? [])).flat()
