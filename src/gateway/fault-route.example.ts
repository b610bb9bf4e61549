/** A gateway over providers that fail as they are told, for what a client sees then. */
import http from 'node:http'
import type { afterEach } from 'vitest'
import type { Secret } from '../kernel/secret.ts'
import type { Instant } from '../kernel/time.ts'
import { type createUpstream, forwardTo, hidingSaid, type ModelRoute } from '../models/index.ts'
import type { Behave } from './fault-provider.example.ts'
import type { Tongue } from './fault-tongue.example.ts'
import { fakeModels } from './gateway.example.ts'
import type { GatewayDeps } from './index.ts'
import { listening } from './listening.example.ts'

type Behaviours = { primary: Behave; backup?: Behave }
type Around = { upstream: ReturnType<typeof createUpstream>; doors: ReturnType<typeof listening> }

/**
 * Makes a gateway with a route over `primary` and, mostly, `backup`, and counts how often each was asked.
 * @param ends when they are closed: after each test, or after all of those that run at the same time
 */
export function routing(upstream: Around['upstream'], ends: typeof afterEach) {
  const doors = listening({ http, afterEach: ends, connect: () => undefined })
  return (provider: Tongue, behaviours: Behaviours, change: Partial<ModelRoute> = {}, credential?: Secret) =>
    routeOver({ upstream, doors }, { provider, behaviours, change, credential })
}

async function routeOver(
  { upstream, doors: { open, listen } }: Around,
  {
    provider,
    behaviours,
    change,
    credential,
  }: { provider: Tongue; behaviours: Behaviours; change: Partial<ModelRoute>; credential: Secret | undefined },
) {
  const asked: Record<string, number> = {}
  const urls: Record<string, string> = {}
  for (const [name, behave] of Object.entries(behaviours))
    urls[name] = await listen(async (request, response) => {
      const times = (asked[name] ?? 0) + 1
      asked[name] = times
      let text = ''
      for await (const piece of request) text += piece
      response.on('error', () => {})
      const stream = provider.isStream(request.url ?? '', JSON.parse(text))
      behave({ response, says: provider, stream, times, name })
    })
  const smart: ModelRoute = {
    name: 'smart',
    strategy: 'priority',
    targets: Object.keys(behaviours).map((name) => ({ model: `${name}/m`, weight: 1 })),
    onDisconnect: 'cancel',
    updatedAt: '2026-03-01T00:00:00.000Z' as Instant,
    ...change,
  }
  const forward: GatewayDeps['models']['forward'] = (ask, sink) => {
    const { provider: name } = ask
    return forwardTo(upstream, { name, ...provider.spoken, baseUrl: urls[name] ?? '', credential }, ask, sink)
  }
  const models = {
    ...fakeModels,
    forward,
    withoutKey: (name: string, _: unknown, said: string) => hidingSaid({ name, credential }, said),
    providers: { ...fakeModels.providers, has: (name: string) => name in behaviours, spoken: () => provider.spoken },
    routes: { find: (name: string) => (name === 'smart' ? smart : undefined), list: () => [smart] },
  }
  return { ...(await open({ models })), asked }
}
