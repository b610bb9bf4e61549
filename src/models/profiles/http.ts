/** The routes of profiles, bound to their verbs. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { listModelProfiles, startModelProfile } from './contract.ts'
import type { Profiles } from './profiles.ts'

export const profilesHttp = (profiles: Profiles): Mounted[] => [
  handle(startModelProfile, async ({ params, body: { dryRun, ...body }, caller }) => {
    demandApplication(caller, params.name)
    const ask = { application: params.name, ...body }
    if (dryRun) return reply(200, { kind: 'quote', ...(await profiles.quote(ask)) })
    return reply(202, { kind: 'started', id: await profiles.start(ask) })
  }),
  handle(listModelProfiles, async ({ params, caller }) => {
    demandApplication(caller, params.name)
    return reply(200, { items: await profiles.list(params.name) })
  }),
]
