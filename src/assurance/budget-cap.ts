/**
 * `ops.budgetcap`: a cap that nobody has seen refuse is a hope. A probe key of the application, capped to
 * one request a minute, asks through the gateway until it is refused for its limit.
 */
import type { EvidenceDraft } from '../core/evidence.ts'
import type { Part } from '../core/manifest.ts'
import type { Producer, ProducerContext } from '../core/producer.ts'
import type { MicroUsd } from '../kernel/money.ts'

/** The caps in force for an application, its own or the installation's; null where none is set. */
export type Caps = { readonly requestsPerMinute: number | null; readonly usdPerMonth: string | null }

export type Probe = {
  /** Sends one real request through the gateway with the probe's key; `refusedBy` names the limit that refused it. */
  ask(signal: AbortSignal): Promise<{ readonly status: number; readonly refusedBy: string | null }>
  /** Revokes the key, which leaves nothing behind but its mark in the audit log. */
  close(): Promise<void>
}

export type BudgetCapDeps = {
  readonly capsOf: (application: string) => Promise<Caps>
  /** Makes a key of the application that may send `requestsPerMinute` requests, for this probe alone. */
  readonly openProbe: (
    ask: Pick<ProducerContext, 'release' | 'by'> & { readonly requestsPerMinute: number },
  ) => Promise<Probe>
  /** What one short answer of this release costs at most. */
  readonly costOfOneAnswer: (context: ProducerContext) => Promise<MicroUsd>
}

const NAME = 'assurance/budget-cap'
const ALLOWED = 1
/** One is let through, the next must be refused; two more in case the minute turned between them. */
const MOST_REQUESTS = 4

export function createBudgetCap(deps: BudgetCapDeps): Producer {
  return {
    name: NAME,
    checks: ['ops.budgetcap'],
    quote: async (context) => ({ calls: ALLOWED, costMicroUsd: await deps.costOfOneAnswer(context), minutes: 1 }),
    run: async (context) => [
      draft(context, await deps.capsOf(context.release.application), await provoke(context, deps)),
    ],
  }
}

type Refusal = { readonly refusedBy: string | null; readonly requests: number }

async function provoke({ release, by, signal }: ProducerContext, { openProbe }: BudgetCapDeps): Promise<Refusal> {
  const probe = await openProbe({ release, by, requestsPerMinute: ALLOWED })
  try {
    for (let requests = 1; requests <= MOST_REQUESTS; requests++) {
      const { status, refusedBy } = await probe.ask(signal)
      if (status === 429 && refusedBy !== null) return { refusedBy, requests }
    }
    return { refusedBy: null, requests: MOST_REQUESTS }
  } finally {
    await probe.close()
  }
}

function draft({ release, application, by }: ProducerContext, caps: Caps, refusal: Refusal): EvidenceDraft {
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
    summary: `${cap} ${proof}`,
    facts: {
      capSet: { value: capSet },
      refusalTested: { value: refusal.refusedBy !== null },
      requestsPerMinute: { value: caps.requestsPerMinute },
      usdPerMonth: { value: caps.usdPerMonth },
    },
    inputs,
    producer: { name: NAME, version: '1' },
    trust: 'measured',
    by,
  }
}
