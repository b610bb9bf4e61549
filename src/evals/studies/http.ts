/** The routes of studies, bound to their verbs. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { closeStudy, createStudy, getStudy, listStudies } from './contract.ts'
import type { Studies } from './studies.ts'

export const studiesHttp = (studies: Studies): Mounted[] => [
  handle(createStudy, async ({ body, caller }) => {
    demandApplication(caller, await studies.applicationOf(body.arms))
    const outcome = await studies.create({ ...body, by: caller.actor })
    return outcome.kind === 'begun' ? reply(201, outcome) : reply(200, outcome)
  }),
  handle(listStudies, async ({ query, caller }) => {
    const application = query.application ?? caller.application ?? undefined
    if (application !== undefined) demandApplication(caller, application)
    return reply(200, await studies.list({ ...query, application }))
  }),
  handle(getStudy, async ({ params, caller }) => {
    demandApplication(caller, (await studies.get(params.id)).application)
    return reply(200, await studies.view(params.id))
  }),
  handle(closeStudy, async ({ params, caller }) => {
    demandApplication(caller, (await studies.get(params.id)).application)
    return reply(200, await studies.close({ id: params.id, by: caller.actor }))
  }),
]
