/** What alerts hear of providers: how much of their quotas is used, and which of our keys they said back. */
import type { Access } from '../access/index.ts'
import { type QuotaUse, quotaSignals, type SaidBackKey, type Signal, saidBackSignals } from '../governance/index.ts'
import { age, type Clock, DAY, type Instant, later, MINUTE } from '../kernel/time.ts'
import { type Models, NEARLY_USED, type Quota, SAID_BACK_ACTION } from '../models/index.ts'
import type { Telemetry } from '../telemetry/index.ts'

type Deps = {
  readonly access: Pick<Access, 'listAudit'>
  readonly models: Pick<Models, 'quotas' | 'providers'>
  readonly telemetry: Pick<Telemetry, 'usageBy'>
  readonly clock: Clock
}

const QUARTER_HOUR = 15 * MINUTE
/** More keys than are said back in a day. */
const MOST_SAID_BACK = 200

/** The models of an application: asked in the last quarter of an hour, and named by its newest release. */
type OfApplication = { readonly asked: readonly string[]; readonly named: readonly string[] }

/** As of now. */
export async function providerSignalsOf(deps: Deps): Promise<(models: OfApplication) => Signal[]> {
  const uses = await usesOf(deps)
  const said = await saidBackOf(deps)
  // Who asks a provider that says keys back gets no answer of it, so that no request names it.
  return ({ asked, named }) => [
    ...quotaSignals(uses, asked, NEARLY_USED),
    ...saidBackSignals(said, [...asked, ...named]),
  ]
}

async function usesOf({ models, telemetry, clock }: Deps): Promise<QuotaUse[]> {
  const quotas = await models.quotas.list()
  const now = clock()
  const counts = quotas.some(({ declared }) => declared?.limits.some(({ counted }) => counted === 'requests'))
    ? {
        quarter: await telemetry.usageBy.models({ since: later(now, -QUARTER_HOUR) }),
        day: await telemetry.usageBy.models({ since: later(now, -DAY) }),
      }
    : { quarter: [], day: [] }
  const requestsOf = (rows: typeof counts.day, target: string) =>
    rows
      .filter(({ model }) => model === target || model.startsWith(`${target}/`))
      .reduce((sum, { requests }) => sum + requests, 0)
  return quotas.flatMap(({ target, credential, read, declared }) => [
    ...(read?.limits ?? []).map(
      (one): QuotaUse => ({ ...one, target, credential, from: 'read', share: readShare(one, read?.at ?? now, now) }),
    ),
    ...(declared?.limits ?? []).flatMap(({ counted, per, limit }): QuotaUse[] => {
      if (limit === null) return []
      // Which key was asked is not counted, and neither are tokens of a model.
      const isCounted = counted === 'requests' && credential === null
      const asked =
        per === 'day' ? requestsOf(counts.day, target) : requestsOf(counts.quarter, target) * (PER_QUARTER[per] ?? 0)
      const share = isCounted && per !== 'month' ? asked / limit : null
      return [{ target, credential, counted, per, limit, share, from: 'declared' }]
    }),
  ])
}

/** Of what a quarter of an hour had, evenly. */
const PER_QUARTER: Readonly<Record<string, number>> = { second: 1 / 900, minute: 1 / 15, hour: 4 }

type ReadLimit = NonNullable<Quota['read']>['limits'][number]

/** What was said longer ago says nothing of now. */
function readShare({ limit, remaining, lowest }: ReadLimit, at: Instant, now: Instant): number | null {
  if (remaining === null || age(at, now) > QUARTER_HOUR) return null
  const least = lowest && age(lowest.at, now) <= QUARTER_HOUR ? lowest.remaining : remaining
  return Math.max(0, 1 - least / limit)
}

/** Those that nobody replaced since; the newest word on each provider. */
async function saidBackOf({ access, models, clock }: Deps): Promise<SaidBackKey[]> {
  const since = later(clock(), -DAY)
  const entries = await access.listAudit({ action: SAID_BACK_ACTION, since, limit: MOST_SAID_BACK })
  const found = new Map<string, SaidBackKey>()
  for (const { subject: provider, at, detail } of entries) {
    if (found.has(provider) || !models.providers.has(provider)) continue
    const { updatedAt } = models.providers.get(provider)
    if (updatedAt !== null && updatedAt > at) continue
    found.set(provider, { provider, at, credential: String(detail?.credential ?? 'default') })
  }
  return [...found.values()]
}
