/** The routes of weights, bound to their verbs. */
import { handle, type Mounted } from '../../wire/handle.ts'
import { page, reply } from '../../wire/route.ts'
import { deleteModelWeights, getModelWeights, listModelWeights, registerModelWeights } from './contract.ts'
import type { ModelWeights } from './weights.ts'

export const weightsHttp = (weights: ModelWeights): Mounted[] => [
  handle(registerModelWeights, async ({ body, caller }) => reply(202, await weights.register(body, caller.actor))),
  handle(listModelWeights, async ({ query: { cursor, limit, ...filter } }) =>
    reply(
      200,
      page(weights.list(filter, { cursor, limit: limit + 1 }), limit, ({ id }) => id),
    ),
  ),
  handle(getModelWeights, async ({ params }) => reply(200, weights.get(params.id))),
  handle(deleteModelWeights, async ({ params, caller }) => {
    await weights.remove(params.id, caller.actor)
    return reply(204, null)
  }),
]
