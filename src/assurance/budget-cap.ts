/**
 * `ops.budgetcap`: a cap that nobody has seen refuse is a hope. A probe key of the application, capped to one request a
 * minute, asks through the gateway until it is refused for its limit; a second one, capped to a millionth of a
 * micro-dollar, must be refused before anything is spent, unless the release costs nothing at all.
 */
import type { EvidenceDraft } from '../core/evidence.ts'
import type { Part } from '../core/manifest.ts'
import type { Producer, ProducerContext } from '../core/producer.ts'
import { compareMoney, type MicroUsd, NOTHING } from '../kernel/money.ts'

/** The caps in force for an application, its own or the installation's; null where none is set. */
export type Caps = { readonly requestsPerMinute: number | null; readonly usdPerMonth: string | null }

export type Probe = {
  /** Sends one real request through the gateway with the probe's key; `refusedBy` names the limit that refused it. */
  ask(signal: AbortSignal): Promise<{ readonly status: number; readonly refusedBy: string | null }>
  /** Revokes the key, which leaves nothing behind but its mark in the audit log. */
  close(): Promise<void>
}

export type ProbeLimits = { readonly requestsPerMinute: number } | { readonly costMicroUsdPerMonth: MicroUsd }

export type BudgetCapDeps = {
  readonly capsOf: (application: string) => Promise<Caps>
  /** Makes a key of the application with such a cap, for this probe alone. */
  readonly openProbe: (
    ask: Pick<ProducerContext, 'release' | 'by'> & { readonly limits: ProbeLimits },
  ) => Promise<Probe>
  /** What one short answer of this release costs at most. */
  readonly costOfOneAnswer: (context: ProducerContext) => Promise<MicroUsd>
}

const NAME = 'assurance/budget-cap'
const ALLOWED = 1
/** One is let through, the next must be refused; two more in case the minute turned between them. */
const MOST_REQUESTS = 4
/** The smallest amount there is. */
const LEAST = '0.000001' as MicroUsd
const PRICE_UNKNOWN = 'gateway.price-unknown'

export function createBudgetCap(deps: BudgetCapDeps): Producer {
  return {
    name: NAME,
    checks: ['ops.budgetcap'],
    quote: async (context) => ({ calls: ALLOWED, costMicroUsd: await deps.costOfOneAnswer(context), minutes: 1 }),
    async run(context) {
      const caps = await deps.capsOf(context.release.application)
      const requests = await provoke(context, deps, { limits: { requestsPerMinute: ALLOWED }, most: MOST_REQUESTS })
      const isFree = compareMoney(await deps.costOfOneAnswer(context), NOTHING) === 0
      // Anything that costs anything is more than this, so that one question tells.
      const money = await provoke(context, deps, { limits: { costMicroUsdPerMonth: LEAST }, most: 1 })
      return [draft(context, caps, { requests, money, isFree })]
    },
  }
}

type Refusal = { readonly refusedBy: string | null; readonly requests: number }

async function provoke(
  { release, by, signal }: ProducerContext,
  { openProbe }: BudgetCapDeps,
  { limits, most }: { limits: ProbeLimits; most: number },
): Promise<Refusal> {
  const probe = await openProbe({ release, by, limits })
  try {
    for (let requests = 1; requests <= most; requests++) {
      const { refusedBy } = await probe.ask(signal)
      if (refusedBy !== null && (most === 1 || refusedBy !== PRICE_UNKNOWN)) return { refusedBy, requests }
    }
    return { refusedBy: null, requests: most }
  } finally {
    await probe.close()
  }
}

function draft(
  { release, application, by }: ProducerContext,
  caps: Caps,
  { requests: refusal, money, isFree }: { requests: Refusal; money: Refusal; isFree: boolean },
): EvidenceDraft {
  const capSet = caps.requestsPerMinute !== null && caps.usdPerMonth !== null
  const limits = application.documents.limits
  const inputs: Part[] = limits ? [{ kind: 'document', name: 'limits', digest: limits.digest }] : []
  const cap = capSet
    ? `The application is capped at ${caps.requestsPerMinute} requests a minute and ${caps.usdPerMonth} USD a month.`
    : 'The application lacks a cap on requests or on money.'
  const proof = refusal.refusedBy
    ? `The gateway refused request ${refusal.requests} of a probe key that may send ${ALLOWED} (${refusal.refusedBy}).`
    : `The gateway let ${refusal.requests} requests of a probe key through that may send ${ALLOWED}.`
  return {
    application: release.application,
    release: release.id,
    check: 'ops.budgetcap',
    summary: `${cap} ${proof} ${ofMoney(money, isFree)}`,
    facts: {
      capSet: { value: capSet },
      refusalTested: { value: isOfRequests(refusal) && (money.refusedBy !== null || isFree) },
      /** False as well where the release costs nothing, so that nothing could be refused. */
      moneyRefusalTested: { value: money.refusedBy !== null },
      refusedBy: { value: refusal.refusedBy },
      moneyRefusedBy: { value: money.refusedBy },
      requestsPerMinute: { value: caps.requestsPerMinute },
      usdPerMonth: { value: caps.usdPerMonth },
    },
    inputs,
    producer: { name: NAME, version: '2' },
    trust: 'measured',
    by,
  }
}

/** An unknown price is refused whatever a key may send. */
const isOfRequests = ({ refusedBy }: Refusal): boolean => refusedBy !== null && refusedBy !== PRICE_UNKNOWN

function ofMoney({ refusedBy }: Refusal, isFree: boolean): string {
  if (refusedBy !== null) return `A key without any money was refused before anything was spent (${refusedBy}).`
  return isFree
    ? 'A key without any money was let through, as this release costs nothing.'
    : 'A key without any money was let through, although this release costs something.'
}
