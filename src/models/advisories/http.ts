/** The routes of advisories, bound to their verbs. */
import { handle, type Mounted } from '../../wire/handle.ts'
import { page, reply } from '../../wire/route.ts'
import type { Advisories } from './advisories.ts'
import { deleteAdvisory, importAdvisories, listAdvisories } from './contract.ts'

export const advisoriesHttp = (advisories: Advisories): Mounted[] => [
  handle(importAdvisories, async ({ body, caller }) => reply(200, await advisories.import(body.content, caller.actor))),
  handle(listAdvisories, async ({ query: { cursor, limit, ...filter } }) =>
    reply(200, {
      ...page(advisories.list(filter, { cursor, limit: limit + 1 }), limit, ({ id }) => id),
      newestImport: advisories.newestImport(),
      packages: advisories.packages,
    }),
  ),
  handle(deleteAdvisory, async ({ params, caller }) => {
    await advisories.remove(params.id, caller.actor)
    return reply(204, null)
  }),
]
