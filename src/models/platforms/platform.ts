/**
 * Platforms beside each other: where models are reached, in which region, in which calls, at what price, and how they did
 * here (S3.42). Pure.
 *
 * Invariant: what nobody knows is null and never a good sign.
 */
import { z } from 'zod'
import { regionOfHost } from '../../core/cloud-region.ts'
import { Name } from '../../core/names.ts'
import type { Block } from '../../kernel/paper.ts'
import type { ModelCard, Provider } from '../contract.ts'

export const Platform = z.object({
  provider: Name,
  /** inside: in this program · own: on a machine of one's own network · others: run by somebody else. */
  runs: z.enum(['inside', 'own', 'others']),
  /** Null inside this program. */
  host: z.string().nullable(),
  /** As its address names it; null where it names none. */
  region: z.string().nullable(),
  isEncrypted: z.boolean().nullable(),
  dialect: z.string().nullable(),
  calls: z.array(z.string()),
  /** Whether one of its models works now. */
  works: z.boolean(),
  models: z.number().int(),
  /** Models whose price is known. */
  priced: z.number().int(),
  /** Models that may change under their name. */
  mutable: z.number().int(),
  /** Of its cheapest model, four tokens in to one out; null where no price is known. */
  cheapestUsdPerMillion: z.number().nullable(),
  /** Here, in the last 28 days. */
  requests: z.number().int(),
  errorShare: z.number().nullable(),
  /** Median of the model that was asked most. */
  latencyP50Ms: z.number().nullable(),
})
export type Platform = z.infer<typeof Platform>

export type UsedModel = {
  readonly model: string
  readonly requests: number
  readonly errors: number
  readonly latencyP50Ms: number | null
}

/** Those that work first, then by name. */
export function platformsOf(given: {
  readonly providers: readonly Pick<Provider, 'name' | 'dialect' | 'baseUrl' | 'speaks'>[]
  readonly cards: readonly Pick<ModelCard, 'model' | 'provider' | 'kind' | 'works' | 'mutable' | 'price'>[]
  readonly used: readonly UsedModel[]
}): Platform[] {
  const cards = given.cards.filter(({ kind }) => kind === 'local' || kind === 'remote')
  const names = new Set([...given.providers.map(({ name }) => name), ...cards.map(({ provider }) => provider)])
  return [...names]
    .map((provider): Platform => {
      const own = cards.filter((card) => card.provider === provider)
      const used = given.used.filter(({ model }) => model.startsWith(`${provider}/`))
      const requests = used.reduce((sum, one) => sum + one.requests, 0)
      const busiest = used.toSorted((a, b) => b.requests - a.requests)[0]
      const prices = own.flatMap(({ price }) => (price ? [mixed(price)] : []))
      return {
        provider,
        ...addressOf(given.providers.find(({ name }) => name === provider)),
        works: own.some(({ works }) => works),
        models: own.length,
        priced: prices.length,
        mutable: own.filter(({ mutable }) => mutable !== null).length,
        cheapestUsdPerMillion: prices.length === 0 ? null : Math.min(...prices),
        requests,
        errorShare: requests === 0 ? null : used.reduce((sum, one) => sum + one.errors, 0) / requests,
        latencyP50Ms: busiest?.latencyP50Ms ?? null,
      }
    })
    .sort((a, b) => Number(b.works) - Number(a.works) || (a.provider < b.provider ? -1 : 1))
}

const mixed = ({ input, output }: { readonly input: string; readonly output: string }): number =>
  (Number(input) * 4 + Number(output)) / 5

const OWN = /^(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[::1\])/

function addressOf(provider: Pick<Provider, 'dialect' | 'baseUrl' | 'speaks'> | undefined) {
  if (!provider)
    return { runs: 'inside' as const, host: null, region: null, isEncrypted: null, dialect: null, calls: [] }
  const { hostname, protocol } = new URL(provider.baseUrl)
  return {
    runs: OWN.test(hostname) ? ('own' as const) : ('others' as const),
    host: hostname,
    region: regionOfHost(hostname),
    isEncrypted: protocol === 'https:',
    dialect: provider.dialect,
    calls: [...provider.speaks],
  }
}

const percent = (share: number | null): string => (share === null ? '' : `${Math.round(share * 1000) / 10} %`)

export const platformPaper = (platforms: readonly Platform[], day: string): Block[] => [
  { kind: 'heading', level: 1, text: 'Platforms' },
  { kind: 'text', text: `Printed ${day}. Prices are of four tokens in to one out; requests are of the last 28 days.` },
  {
    kind: 'table',
    header: [
      'Platform',
      'Run by',
      'Host',
      'Region',
      'Calls',
      'Works',
      'Models',
      'From $ per million',
      'Requests',
      'Errors',
      'Median ms',
    ],
    rows: platforms.map((one) => [
      one.provider,
      one.runs,
      one.host ?? '',
      one.region ?? '',
      one.calls.join(', '),
      one.works ? 'yes' : 'no',
      String(one.models),
      one.cheapestUsdPerMillion === null ? 'unknown' : String(Number(one.cheapestUsdPerMillion.toPrecision(4))),
      String(one.requests),
      percent(one.errorShare),
      one.latencyP50Ms === null ? '' : String(Math.round(one.latencyP50Ms)),
    ]),
  },
]
