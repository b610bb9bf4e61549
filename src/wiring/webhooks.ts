/** What other servers are told: changes by way of the audit log's entries, and what is no change by change events. */
import type { Access } from '../access/index.ts'
import type { Name } from '../core/names.ts'
import { createWebhooks, type Webhooks } from '../webhooks/index.ts'
import type { EventHub } from '../wire/events.ts'

type Deps = Omit<Parameters<typeof createWebhooks>[0], 'record'> & {
  readonly access: Pick<Access, 'record' | 'limits'>
  readonly hub: EventHub
  /** Whether this process tells of what is no change; one of several does. */
  readonly tells: boolean
}

/** Webhooks, and the audit log's `record` that tells them, in one transaction. */
export function wireWebhooks({ access, hub, tells, ...deps }: Deps): { webhooks: Webhooks; record: Access['record'] } {
  const webhooks = createWebhooks({ ...deps, record: access.record })
  /** By application, so that a state is told once. Caps in requests are reached every minute and are not told. */
  const told = new Map<string, string>()
  hub.subscribe(({ topic, id, application }) => {
    if (!tells) return
    if (topic === 'limits' && application === null) tellOthers(id)
    if (topic === 'limits' && application !== null) tellLimits(application)
    if (topic === 'switch') webhooks.tell({ type: 'switch.changed', application, subject: id, actor: null, detail: {} })
  })

  function tellLimits(application: string): void {
    const { cost, limits } = access.limits.status(application as Name)
    const state = `${cost.month} ${cost.state}`
    if (told.get(application) === state) return
    told.set(application, state)
    if (cost.state === 'ok') return
    const type = cost.state === 'near' ? 'limit.near' : 'limit.reached'
    const detail = { costMicroUsdPerMonth: limits.costMicroUsdPerMonth, ...cost }
    webhooks.tell({ type, application, subject: application, actor: null, detail })
  }

  /** Caps of days and months of a key, team, release, model or the organisation. */
  function tellOthers(name: string): void {
    const found = access.limits.list().find((one) => one.name === name && one.scope !== 'application')
    const caps = found?.caps.filter(({ state, opensAt }) => state !== 'ok' && opensAt !== null) ?? []
    const state = caps.map(({ kind, state: reached, opensAt }) => `${kind} ${reached} ${opensAt}`).join(' ')
    if (told.get(name) === state) return
    told.set(name, state)
    if (!found || caps.length === 0) return
    const type = caps.some(({ state: reached }) => reached === 'reached') ? 'limit.reached' : 'limit.near'
    webhooks.tell({ type, application: null, subject: name, actor: null, detail: { scope: found.scope, caps } })
  }

  return {
    webhooks,
    record: async (tx, entry) => {
      await access.record(tx, entry)
      await webhooks.note(tx, entry)
    },
  }
}
