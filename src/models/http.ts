/** The routes of models, bound to their verbs. */
import { handle, type Mounted } from '../wire/handle.ts'
import { reply } from '../wire/route.ts'
import { deleteProvider, getProvider, listModels, listProviders, putProvider, testProvider } from './contract.ts'
import type { Models } from './models.ts'
import { pricesHttp } from './prices/index.ts'
import { quotasHttp } from './quotas/index.ts'
import { deleteModelRoute, getModelRoute, listModelRoutes, putModelRoute } from './routes/index.ts'
import { selfHostedHttp } from './self-hosted/index.ts'

export const modelsHttp = (models: Models): Mounted[] => [
  handle(listModels, async () => reply(200, { items: models.list(), next: null })),
  handle(listProviders, async () => reply(200, { items: models.providers.list(), next: null })),
  handle(getProvider, async ({ params }) => reply(200, models.providers.get(params.name))),
  handle(putProvider, async ({ params, body, caller }) =>
    reply(200, await models.providers.put(params.name, body, caller.actor)),
  ),
  handle(deleteProvider, async ({ params, caller }) => {
    await models.providers.remove(params.name, caller.actor)
    return reply(204, null)
  }),
  handle(listModelRoutes, async () => reply(200, { items: models.routes.list(), next: null })),
  handle(getModelRoute, async ({ params }) => reply(200, models.routes.get(params.name))),
  handle(putModelRoute, async ({ params, body, caller }) =>
    reply(200, await models.routes.put(params.name, body, caller.actor)),
  ),
  handle(deleteModelRoute, async ({ params, caller }) => {
    await models.routes.remove(params.name, caller.actor)
    return reply(204, null)
  }),
  ...pricesHttp(models.prices, models.pricePolicies),
  ...quotasHttp(models.quotas),
  ...selfHostedHttp(models.selfHosted),
  handle(testProvider, async ({ params, signal }) => reply(200, await models.testProvider(params.name, signal))),
]
