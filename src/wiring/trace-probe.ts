/** Real questions through the port with a key of the application, and what telemetry has of them afterwards. */
import { ask } from '../../sdk/index.ts'
import type { Access } from '../access/index.ts'
import { createTraceProbe, type LeftOf } from '../assurance/index.ts'
import type { Producer, ProducerContext } from '../core/producer.ts'
import { Failure } from '../kernel/failure.ts'
import { type Clock, later, SECOND } from '../kernel/time.ts'
import type { Models } from '../models/index.ts'
import type { Telemetry } from '../telemetry/index.ts'
import type { Caller } from '../wire/caller.ts'
import { quoteProbe } from './estimate.ts'
import { withProbeKey } from './probe-key.ts'

const QUESTION = 'This is a probe of the traces.'
/** What the probe says of its own answers; no user's word and no goal of anybody's is counted among them. */
const SAID = 'trace-probe'
const GOAL = 'kpi-trace-probe'

type Port = {
  /** Gives the id of the trace. */
  question(text: string): Promise<string>
  feedback(trace: string): Promise<void>
}

const NOTHING_LEFT: LeftOf = {
  ...{ isTraced: false, hasRelease: false, hasCost: false, hasGuardVerdicts: null },
  ...{ hasComponents: false, hasSteps: false, hasFeedback: false, hasGoal: false },
}

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
  const withKey = withProbeKey({ access, address, what: 'trace probe' })
  const asking = <Result>(context: ProducerContext, work: (port: Port) => Promise<Result>): Promise<Result> =>
    withKey(context, ({ options, client }) =>
      work({
        async question(text) {
          const { trace } = await ask(options, {
            model: context.release.application,
            messages: [{ role: 'user', content: text }],
            subject: 'trace-probe',
            metadata: { traffic: 'probe' },
            signal: context.signal,
          })
          return trace
        },
        async feedback(trace) {
          for (const name of [SAID, GOAL]) await client.recordFeedback({ body: { trace, name, value: true } })
        },
      }),
    )

  return createTraceProbe({
    quoteOf: ({ release: { manifest } }, calls) => quoteProbe(models, { manifest, question: QUESTION, calls }),
    probe: (context, count) =>
      asking(context, async ({ question, feedback }) => {
        const left: LeftOf[] = []
        for (let i = 0; i < count; i += 1) {
          const trace = await question(QUESTION)
          // What cannot be said is missing, and the rest of the trace is looked at all the same.
          await feedback(trace).catch(() => {})
          left.push(await leftOf(context, trace))
        }
        return left
      }),
    tryDeletion: (context) =>
      asking(context, async ({ question }) => {
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
      const { summary, spans, feedback } = await telemetry.get({ caller, traceId })
      const verdicts = new Set(spans.map(({ attributes }) => attributes['gen_ai.guardian.id']))
      const { guardrails = [] } = release.manifest
      return {
        isTraced: true,
        hasRelease: summary.release !== null,
        hasCost: summary.costMicroUsd !== null,
        hasGuardVerdicts: guardrails.length === 0 ? null : guardrails.every(({ name }) => verdicts.has(name)),
        hasComponents: summary.servedBy !== null && summary.latencyMs > 0,
        // The request itself is the first span.
        hasSteps: spans.length > 1,
        hasFeedback: feedback.some(({ name }) => name === SAID),
        hasGoal: feedback.some(({ name }) => name === GOAL),
      }
    } catch (thrown) {
      if (!(thrown instanceof Failure) || thrown.kind !== 'unknown') throw thrown
      return NOTHING_LEFT
    }
  }
}
