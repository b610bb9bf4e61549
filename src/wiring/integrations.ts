/** What an application is connected with, from keys, requests, its newest release and webhooks. */
import type { Access } from '../access/index.ts'
import type { Config } from '../config.ts'
import type { Name } from '../core/names.ts'
import type { Delivery } from '../delivery/index.ts'
import { integrationsHttp, integrationsOf } from '../governance/index.ts'
import { type Clock, DAY, later } from '../kernel/time.ts'
import type { Models } from '../models/index.ts'
import type { Store } from '../store/store.ts'
import type { Telemetry } from '../telemetry/index.ts'
import type { Webhooks } from '../webhooks/index.ts'
import type { Caller } from '../wire/caller.ts'
import { reachedOf } from './reached.ts'

type Deps = {
  readonly clock: Clock
  readonly access: Pick<Access, 'listKeys'>
  readonly delivery: Delivery
  readonly telemetry: Pick<Telemetry, 'usageBy'>
  readonly webhooks: Pick<Webhooks, 'list'>
  readonly config: Pick<Config, 'databaseUrl'>
  readonly store: Pick<Store, 'engine'>
  readonly models: Pick<Models, 'providers'>
}

const LOOKED_BACK = 28 * DAY
/** As the program itself, for figures of one application. */
const OURSELVES = { application: null } as Caller

export function wireIntegrations(deps: Deps) {
  const { clock, access, delivery, telemetry, webhooks } = deps
  const reached = reachedOf(deps)
  return {
    http: integrationsHttp(async (name: Name) => {
      await delivery.getApplication(name)
      const at = clock()
      const release = await delivery.releases.newest(name)
      const { endpoints } = await reached(release?.manifest)
      const { items } = await telemetry.usageBy.count({
        caller: OURSELVES,
        query: { by: ['key'], since: later(at, -LOOKED_BACK), application: name, latencies: 'false' },
      })
      const away = new Set(endpoints.map(({ provider, model }) => `${provider}/${model}`))
      return {
        ...{ application: name, at },
        items: integrationsOf(name, {
          keys: access.listKeys().map(({ id, name: called, application, revokedAt, lastUsedAt }) => ({
            ...{ id, name: called, application, isRevoked: revokedAt !== null, lastUsedAt },
          })),
          asked: new Map(items.map(({ group, requests }) => [group.key ?? null, requests])),
          endpoints,
          within: [...new Set(release?.manifest.models.map(({ model }) => model))].filter((model) => !away.has(model)),
          tools: (release?.manifest.tools ?? []).flatMap(({ name: called, tool: { call } }) =>
            call.kind === 'client' ? [] : [{ name: called, url: call.kind === 'http' ? call.url : null }],
          ),
          webhooks: await webhooks.list(OURSELVES),
        }),
      }
    }),
  }
}
