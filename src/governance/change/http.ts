/** HTTP of the change. */
import type { Application } from '../../core/application.ts'
import type { Clock, Instant } from '../../kernel/time.ts'
import { DAY, instantOf, later } from '../../kernel/time.ts'
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { Change } from '../documents/change.ts'
import { adoptionOf, type WeekOfUse } from './adoption.ts'
import { getAdoption } from './contract.ts'

export type ChangeDeps = {
  readonly clock: Clock
  /** Throws when there is none. */
  readonly applicationOf: (name: string) => Promise<Application>
  /** People and requests by week, oldest first. */
  readonly useByWeek: (ask: { application: string; since: Instant }) => Promise<readonly WeekOfUse[]>
}

const WEEKS = 12

export const changeHttp = ({ clock, applicationOf, useByWeek }: ChangeDeps): Mounted[] => [
  handle(getAdoption, async ({ params: { name }, caller }) => {
    demandApplication(caller, name)
    const plan = Change.safeParse((await applicationOf(name)).documents.change?.value).data
    const since = plan?.liveOn ? instantOf(Date.parse(plan.liveOn)) : later(clock(), -WEEKS * 7 * DAY)
    return reply(200, adoptionOf(plan, await useByWeek({ application: name, since })))
  }),
]
