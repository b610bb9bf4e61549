/** What users say of answers brings the answers to the people who label, in queues that ask for it. */
import type { Access } from '../access/index.ts'
import type { Turn } from '../core/conversation.ts'
import { asText, createFeeding } from '../evals/index.ts'
import { type Telemetry, TraceId } from '../telemetry/index.ts'
import type { Caller } from '../wire/caller.ts'
import { holdsDocuments } from './data-doors.ts'

type Deps = Omit<Parameters<typeof createFeeding>[0], 'answerOf'> & {
  readonly telemetry: Pick<Telemetry, 'onFeedback' | 'get'>
  readonly access: Pick<Access, 'systemActor'>
  readonly report: (thrown: unknown, where?: string) => void
}

export function wireFeeding(deps: Deps) {
  const { telemetry, access, organisation, report } = deps
  const caller: Caller = {
    ...{ actor: access.systemActor, name: 'feedback', organisation, role: 'viewer', permissions: new Set(['view']) },
    ...{ key: null, application: null },
  }
  const feed = createFeeding({
    ...deps,
    async answerOf(trace) {
      const { input, output, summary, spans } = await telemetry.get({ caller, traceId: TraceId.parse(trace) })
      const turns = input.filter((turn): turn is Turn => ['system', 'user', 'assistant'].includes(turn.role))
      if (turns.length === 0 || !output) return undefined
      const [only] = turns
      const text = asText(turns.length === 1 && only ? only.content : turns)
      return { input: text, answer: output, release: summary.release, isOfDocuments: holdsDocuments(spans) }
    },
  })
  // Every process that takes feedback feeds; that an answer comes in once is the queue's own care.
  const stop = telemetry.onFeedback(({ application, traceId: trace, value, correction }) => {
    if (application !== null)
      void feed({ application, trace, value, correction }).catch((thrown) => report(thrown, 'feeding'))
  })
  return { stop }
}
