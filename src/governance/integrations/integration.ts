/** What an application is connected with: who asks it, whom it asks, and who is told. Each follows from a record (S3.8). */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { Instant } from '../../kernel/time.ts'

export const Integration = z.object({
  /** asks-it: a program with a key · is-asked: a model, a target or a tool · is-told: a webhook. */
  direction: z.enum(['asks-it', 'is-asked', 'is-told']),
  name: z.string(),
  /** Its host; null for a key, and for a model inside this program. */
  host: z.string().nullable(),
  /** Requests of the last 28 days; null where nobody counts them. */
  requests: z.number().int().nullable(),
  lastUsedAt: Instant.nullable(),
  /** What should be looked at; empty for nothing. */
  says: z.string(),
})
export type Integration = z.infer<typeof Integration>

export const Integrations = z.object({ application: Name, at: Instant, items: z.array(Integration) })
export type Integrations = z.infer<typeof Integrations>

export type KeyUse = {
  readonly id: string
  readonly name: string
  readonly application: string | null
  readonly isRevoked: boolean
  readonly lastUsedAt: Instant | null
}

type Given = {
  readonly keys: readonly KeyUse[]
  /** Requests to this application by key; null stands for people in a browser. */
  readonly asked: ReadonlyMap<string | null, number>
  readonly endpoints: readonly { readonly provider: string; readonly model: string; readonly url: string }[]
  /** Models that run inside this program. */
  readonly within: readonly string[]
  /** Tools that it calls, with their address; null for one that a stub stands in for. */
  readonly tools: readonly { readonly name: string; readonly url: string | null }[]
  readonly webhooks: readonly {
    readonly url: string
    readonly description: string
    readonly enabled: boolean
    readonly application: string | null
  }[]
}

/** Those who ask first, the busiest before the others. Pure. */
export function integrationsOf(
  application: string,
  { keys, asked, endpoints, within, tools, webhooks }: Given,
): Integration[] {
  const asking = keys
    .filter((key) => asked.has(key.id) || (key.application === application && !key.isRevoked))
    .map((key): Integration => {
      const requests = asked.get(key.id) ?? 0
      const isIdle = requests === 0 && !key.isRevoked
      return {
        ...{ direction: 'asks-it', name: key.name, host: null, requests, lastUsedAt: key.lastUsedAt },
        says: key.isRevoked
          ? 'Its key was revoked.'
          : isIdle
            ? 'It has a key and did not ask in 28 days: is it connected?'
            : '',
      }
    })
    .sort((a, b) => (b.requests ?? 0) - (a.requests ?? 0))
  const people = asked.get(null)
  const blank = { requests: null, lastUsedAt: null, says: '' }
  return [
    ...asking,
    ...(people
      ? [{ ...blank, direction: 'asks-it' as const, name: 'people in a browser', host: null, requests: people }]
      : []),
    ...endpoints.map(
      ({ provider, model, url }): Integration => ({
        ...{ ...blank, direction: 'is-asked', host: new URL(url).hostname },
        name: provider === model ? provider : `${provider}/${model}`,
      }),
    ),
    ...within.map((model): Integration => ({ ...blank, direction: 'is-asked', name: model, host: null })),
    ...tools.map(
      ({ name, url }): Integration => ({
        ...{ ...blank, direction: 'is-asked', name, host: url === null ? null : new URL(url).hostname },
        says: url === null ? 'A stub stands in for it: it is not connected yet.' : '',
      }),
    ),
    ...webhooks
      .filter((webhook) => webhook.application === null || webhook.application === application)
      .map(
        ({ url, description, enabled }): Integration => ({
          ...{ ...blank, direction: 'is-told', name: description || 'a webhook', host: new URL(url).hostname },
          says: enabled ? '' : 'It is switched off.',
        }),
      ),
  ]
}
