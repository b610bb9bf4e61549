/** A model of this process, which has no connection to break, while a drill makes it fail: the same faults as what is above the wire sees of them. */
import { SILENT_MS } from '../core/fault.ts'
import { SECOND, sleep } from '../kernel/time.ts'
import type { Asked, ModelProvider } from './answered.ts'
import { type Disturbance, RETRY_AFTER_SECONDS } from './faulty-upstream.ts'
import { refusalOf, upstreamFailure } from './upstream-failure.ts'

export function faultyProvider(name: string, provider: ModelProvider, { fault, met }: Disturbance): ModelProvider {
  const refuse = (status: number, waitMs?: number) =>
    refusalOf({ provider: name, status, waitMs, body: '{"error":{"message":"This is a drill."}}' })
  const fail = async ({ signal }: Asked): Promise<never> => {
    if (fault === 'provider-limited') throw refuse(429, RETRY_AFTER_SECONDS * SECOND)
    if (fault === 'provider-500') throw refuse(500)
    if (fault === 'provider-503') throw refuse(503)
    if (fault === 'provider-529') throw refuse(529)
    if (fault === 'provider-refused') throw upstreamFailure({ code: 'ECONNREFUSED' }, name)
    if (fault === 'provider-silent' || fault === 'provider-slow') {
      await sleep(SILENT_MS, signal)
      throw upstreamFailure({ code: 'UND_ERR_HEADERS_TIMEOUT' }, name)
    }
    throw upstreamFailure(new Error('as the drill wants it'), name)
  }
  const isAfterWords = fault === 'provider-cut' || fault === 'provider-truncated'
  return {
    async complete(asked) {
      met()
      return fail(asked)
    },
    async *stream(asked) {
      met()
      for await (const delta of isAfterWords ? provider.stream(asked) : []) {
        if (delta.kind === 'text') yield delta
        break
      }
      await fail(asked)
    },
  }
}
