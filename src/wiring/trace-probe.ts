/** Real questions through the port with a key of the application, and what telemetry has of them afterwards. */
import { ask } from '../../sdk/index.ts'
import type { Access } from '../access/index.ts'
import { createTraceProbe, type LeftOf } from '../assurance/index.ts'
import type { Name } from '../core/names.ts'
import type { Producer, ProducerContext } from '../core/producer.ts'
import { Failure } from '../kernel/failure.ts'
import { NOTHING, sumMoney } from '../kernel/money.ts'
import { type Clock, later, SECOND } from '../kernel/time.ts'
import type { Models } from '../models/index.ts'
import type { Telemetry } from '../telemetry/index.ts'
import type { Caller } from '../wire/caller.ts'
import { estimateCost } from './estimate.ts'

const QUESTION = 'This is a probe of the traces.'
const CALLS_A_MINUTE = 60

export function wireTraceProbe({
  clock,
  access,
  models,
  telemetry,
  address,
}: {
  clock: Clock
  access: Access
  models: Models
  telemetry: Pick<Telemetry, 'get' | 'personalPlaces'>
  address: () => string
}): Producer {
  /** Asks once with a key that is made for it and leaves with it; gives the id of the trace. */
  async function asking<Result>(
    { release, by, signal }: ProducerContext,
    work: (question: (text: string) => Promise<string>) => Promise<Result>,
  ): Promise<Result> {
    const application = release.application as Name
    const name = `trace probe of ${application}`
    const limits = { requestsPerMinute: CALLS_A_MINUTE }
    const { key, secret } = await access.createKey({ name, role: 'builder', application, limits, by })
    try {
      return await work(async (text) => {
        const { trace } = await ask(
          { baseUrl: address(), token: secret.reveal() },
          {
            model: application,
            messages: [{ role: 'user', content: text }],
            subject: 'trace-probe',
            metadata: { traffic: 'probe' },
            signal,
          },
        )
        return trace
      })
    } finally {
      await access.discardKey(key.id, by)
    }
  }

  return createTraceProbe({
    async quoteOf({ release: { manifest } }, calls) {
      const turns = [{ role: 'user' as const, content: QUESTION }]
      const one = await estimateCost({ models, manifest, flow: manifest.flow, turns })
      const costMicroUsd = one === null ? null : sumMoney(Array.from({ length: calls }, () => one))
      return { calls, costMicroUsd: costMicroUsd ?? (manifest.target ? null : NOTHING), minutes: 1 }
    },
    probe: (context, count) =>
      asking(context, async (question) => {
        const left: LeftOf[] = []
        for (let i = 0; i < count; i += 1) left.push(await leftOf(context, await question(QUESTION)))
        return left
      }),
    tryDeletion: (context) =>
      asking(context, async (question) => {
        const canary = `nobody-${context.release.id}-${clock()}@example.org`.replaceAll(':', '-')
        const trace = await question(`Write to ${canary}.`)
        // Read once, so that it is in the database and not on its way there.
        if (!(await leftOf(context, trace)).isTraced) return false
        const sought = { user: null, identifiers: [canary], before: later(clock(), SECOND), traces: new Set<string>() }
        for (const place of telemetry.personalPlaces) await place.remove?.(sought, async () => {})
        return !(await leftOf(context, trace)).isTraced
      }),
  })

  async function leftOf({ release, by }: ProducerContext, traceId: string): Promise<LeftOf> {
    const { organisation, application } = release
    const caller: Caller = {
      ...{ actor: by, name: 'trace probe', organisation, role: 'viewer', permissions: new Set(['view']) },
      ...{ key: null, application },
    }
    try {
      const { summary, spans } = await telemetry.get({ caller, traceId })
      const verdicts = spans.filter(({ meaning }) => meaning.operation === 'guardrail')
      return {
        isTraced: true,
        hasRelease: summary.release !== null,
        hasCost: summary.costMicroUsd !== null,
        hasGuardVerdicts: verdicts.length > 0 ? true : null,
      }
    } catch (thrown) {
      if (!(thrown instanceof Failure) || thrown.kind !== 'unknown') throw thrown
      return { isTraced: false, hasRelease: false, hasCost: false, hasGuardVerdicts: null }
    }
  }
}
