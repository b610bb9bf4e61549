/** Test pages: a key of their own for each, the live table for what is tried, and the flow that the playground asks too. */
import type { Access } from '../access/index.ts'
import type { Delivery } from '../delivery/index.ts'
import { answerOutside, type Flows } from '../flows/index.ts'
import { createTestPages, type TestPagesDeps, testPagesHttp } from '../governance/index.ts'
import { digestOfBytes } from '../kernel/digest.ts'
import { NOTHING } from '../kernel/money.ts'
import type { Models } from '../models/index.ts'
import { type Telemetry, TraceId } from '../telemetry/index.ts'
import { askedOutside } from './playground.ts'
import { guardsOf } from './switches.ts'

type Deps = Pick<
  TestPagesDeps,
  'db' | 'clock' | 'newId' | 'organisation' | 'record' | 'publish' | 'random' | 'report'
> & {
  readonly access: Access
  readonly delivery: Delivery
  readonly flows: Flows
  readonly models: Models
  readonly telemetry: Telemetry
  readonly address: () => string
}

const AT_ONCE = 4

export function wireTestPages(deps: Deps) {
  const { access, delivery, telemetry, address } = deps
  return {
    http: testPagesHttp(
      createTestPages({
        ...deps,
        publicUrl: address,
        applicationOf: delivery.getApplication,
        keys: keysOf(access),
        releaseOf: guardsOf(access).releases(delivery.getRelease),
        inSandbox: (application) => delivery.liveTable().applications[application]?.stages.sandbox?.release,
        async ask(ask, page) {
          const asked = askedOutside(deps, { traffic: 'test-page', testPage: page })
          const { answer: text, trace, abstained, citations, passages } = await answerOutside(asked, ask)
          const titles = passages.filter(({ id }) => citations.includes(id)).map(({ title, id }) => title || id)
          return { answer: trace, text, abstained, sources: [...new Set(titles)] }
        },
        async rate({ caller, answer, helpful: value, comment }) {
          const trace = TraceId.safeParse(answer).data
          // The unit of its traces is who asked; that of another page is another program.
          if (!trace || (await telemetry.unitOf(trace)) !== digestOfBytes(caller.actor)) return false
          await telemetry.recordFeedback({ caller, draft: { trace, name: 'helpful', value, comment } })
          return true
        },
      }),
    ),
  }
}

const keysOf = (access: Access): TestPagesDeps['keys'] => {
  const find = (id: string) => access.listKeys().find((key) => key.id === id)
  return {
    async open({ requestsPerMinute, costMicroUsdPerMonth, ...ask }) {
      const limits = { requestsPerMinute, costMicroUsdPerMonth, concurrentRequests: AT_ONCE }
      const { key } = await access.createKey({ ...ask, role: 'builder', permissions: ['infer'], limits })
      return key.id
    },
    async revoke(id, by) {
      const key = find(id)
      if (key) await access.revokeKey(key.id, by)
    },
    async discard(id, by) {
      const key = find(id)
      if (key) await access.discardKey(key.id, by)
    },
    capsOf(key) {
      const { limits, caps } = access.limits.statusOf({ scope: 'key', name: key })
      const spent = caps.find(({ kind }) => kind === 'cost-per-month')?.used
      const { requestsPerMinute, costMicroUsdPerMonth } = limits
      return { requestsPerMinute, costMicroUsdPerMonth, spentMicroUsd: typeof spent === 'string' ? spent : NOTHING }
    },
    callerOf(id) {
      const key = find(id)
      if (!key || key.revokedAt !== null || access.getActor(key.actor).disabledAt !== null) return undefined
      const { actor, name, organisation, role, application, stage, permissions } = key
      return { actor, name, organisation, role, application, stage, key: id, permissions: new Set(permissions ?? []) }
    },
  }
}
