/** How oversight of applications stands: who looks after them, what waits, and what was tried. */
import type { ActorId } from '../core/actor.ts'
import { means, type Person } from '../core/duties.ts'
import type { OversightPlan } from '../core/oversight.ts'
import { DAY, later } from '../kernel/time.ts'
import type { Caller } from '../wire/caller.ts'
import type { OversightStanding } from './contract.ts'
import type { OversightDeps } from './deps.ts'
import { countHeld, lastStopTests } from './store.ts'

/** Counts of the standing, and how long a stop test or a tried override counts as evidence. */
export const COUNTED_DAYS = 90

type Asked = { readonly application: string; readonly plan: OversightPlan | undefined }

/** However many there are, each table is read once. */
export const createStandings =
  ({ db, clock, organisation, people, whyStopped }: OversightDeps) =>
  async (asked: readonly Asked[], by: Pick<Caller, 'actor' | 'name'>): Promise<OversightStanding[]> => {
    const now = clock()
    const all = people()
    const of = { organisation, applications: asked.map(({ application }) => application) }
    const [counts, stopTests] = await Promise.all([
      countHeld(db, { ...of, since: later(now, -COUNTED_DAYS * DAY), now }),
      lastStopTests(db, of),
    ])
    return asked.map(({ application, plan }) => ({
      application,
      plan: plan ?? null,
      overseers: overseersOf(plan, all),
      isOverseer: isOverseer(plan, { id: by.actor, name: by.name }),
      ...(counts.get(application) ?? { waiting: 0, decided: 0, overruled: 0, lapsed: 0 }),
      stopTest: stopTests.get(application) ?? null,
      stopped: whyStopped(application) ?? null,
    }))
  }

/** Each as the plan names them, with whom that means here; nobody by that name is null. */
export const overseersOf = (plan: OversightPlan | undefined, people: readonly { id: ActorId; name: string }[]) =>
  (plan?.overseers ?? []).map((named) => ({ named, actor: people.find((one) => means(named, one))?.id ?? null }))

export const isOverseer = (plan: OversightPlan | undefined, person: Person): boolean =>
  plan?.overseers.some((named) => means(named, person)) ?? false
