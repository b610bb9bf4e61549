/** The routes of the watch, bound to their verbs. */
import { handle, type Mounted } from '../../wire/handle.ts'
import { page, reply } from '../../wire/route.ts'
import { closeModelTask, listModelProbes, listModelTasks, watchModels } from './contract.ts'
import type { ModelWatch } from './watch.ts'

/** @param demandModel throws for a model that there is not */
export const watchHttp = (watch: ModelWatch, demandModel: (model: string) => void): Mounted[] => [
  handle(listModelProbes, async ({ query: { limit, ...filter } }) =>
    reply(
      200,
      page(await watch.probes({ ...filter, limit: limit + 1 }), limit, ({ id }) => id),
    ),
  ),
  handle(listModelTasks, async ({ query }) => reply(200, { items: watch.tasks(query.state) })),
  handle(closeModelTask, async ({ params, body, caller }) =>
    reply(200, await watch.close(params.id, body.resolution, caller.actor)),
  ),
  handle(watchModels, async ({ body }) => {
    if (body.model !== undefined) demandModel(body.model)
    return reply(202, await watch.look(body.model))
  }),
]
