/**
 * Quotas of providers: what their answers say of their limits, the latest by target and key, and what people declare
 * where they do not say. Limits are read off answers that pass, at most once a second for each target, and written down
 * when they change, else once a minute.
 */
import type { ActorId } from '../../core/actor.ts'
import { age, type Clock, epochMs, type Instant, MINUTE } from '../../kernel/time.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import type { RecordAudit } from '../../store/record-audit.ts'
import type { UpstreamHeaders } from '../call.ts'
import { NEARLY_USED, type Quota, type QuotaInput, type ReadLimit } from './contract.ts'
import { readLimits } from './read-limits.ts'
import {
  listDeclaredQuotaRows,
  listReadQuotaRows,
  removeDeclaredQuotaRow,
  saveDeclaredQuotaRow,
  saveReadQuotaRow,
} from './store.ts'

const LOOK_MS = 1_000
const SAVE_MS = 60_000
/** Between two looks for alerts lies less than this. */
const LOWEST_MS = 15 * MINUTE

export type QuotasDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly organisation: string
  readonly record: RecordAudit
  /** Throws for a provider that is not known. */
  readonly demandProvider: (name: string) => void
}

type Heard = { readonly limits: readonly ReadLimit[]; readonly at: Instant; lookedMs: number; savedMs: number }
export type Answered = { readonly target: string; readonly credential: string; readonly headers: UpstreamHeaders }

export function createQuotas({ db, clock, organisation, record, demandProvider }: QuotasDeps) {
  const heard = new Map<string, Heard>()

  function save(key: string, { limits, at }: Heard): void {
    const [target = '', credential = ''] = key.split('\n')
    const row = { organisation, target, credential, limits: [...limits], at }
    // While the database is away nobody plans; the next answer says it again.
    inTransaction(db, (tx) => saveReadQuotaRow(tx, row)).catch(() => {})
  }

  return {
    /** An answer came from a target. One that says nothing of limits costs a look at the names of its headers. */
    heard({ target, credential, headers }: Answered): void {
      const nowMs = epochMs(clock())
      const key = `${target}\n${credential}`
      const before = heard.get(key)
      if (before && nowMs - before.lookedMs < LOOK_MS) return
      const found = readLimits(headers, nowMs)
      if (found.length === 0) return
      const at = clock()
      const limits = found.map((one) => withLowest(withWindow(one, before), before, at))
      const isNew = !before || said(limits) !== said(before.limits) || nowMs - before.savedMs >= SAVE_MS
      const now = { limits, at, lookedMs: nowMs, savedMs: isNew ? nowMs : before.savedMs }
      heard.set(key, now)
      if (isNew) save(key, now)
    },

    /** By target, then by key. */
    async list(): Promise<Quota[]> {
      const quotas = new Map<string, Quota>()
      const at = (target: string, credential: string, part: Partial<Quota>) => {
        const key = `${target}\n${credential}`
        const none = { target, credential: credential || null, read: null, declared: null }
        quotas.set(key, { ...(quotas.get(key) ?? none), ...part })
      }
      for (const { target, credential, limits, at: readAt } of await listReadQuotaRows(db, organisation))
        at(target, credential, { read: { limits, at: readAt } })
      for (const [key, { limits, at: readAt }] of heard) {
        const [target = '', credential = ''] = key.split('\n')
        const known = quotas.get(key)?.read
        if (!known || known.at < readAt) at(target, credential, { read: { limits: [...limits], at: readAt } })
      }
      for (const { target, credential, limits, setAt, setBy } of await listDeclaredQuotaRows(db, organisation))
        at(target, credential, { declared: { limits, at: setAt, by: setBy } })
      return [...quotas.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, quota]) => quota)
    },

    async declare({ target, credential = '', limits }: QuotaInput, by: ActorId): Promise<void> {
      demandProvider(target.split('/', 1)[0] ?? target)
      await inTransaction(db, async (tx) => {
        const row = { organisation, target, credential, limits, setAt: clock(), setBy: by }
        if (limits.length === 0) await removeDeclaredQuotaRow(tx, row)
        else await saveDeclaredQuotaRow(tx, row)
        const detail = { credential: credential || null, limits }
        await record(tx, { actor: by, action: 'models.declare-quota', subject: target, detail })
      })
    },
  }
}

export type Quotas = ReturnType<typeof createQuotas>

/** A window that could not be worked out this time is that of the time before, while the limit is the same. */
function withWindow(one: ReadLimit, before: Heard | undefined): ReadLimit {
  if (one.per !== null) return one
  const known = before?.limits.find(({ counted, limit, per }) => counted === one.counted && limit === one.limit && per)
  return known ? { ...one, per: known.per } : one
}

/** Whoever looks now and then would miss a minute in which nearly nothing was left. */
function withLowest(one: ReadLimit, before: Heard | undefined, at: Instant): ReadLimit {
  const { counted, per, limit, remaining } = one
  if (remaining === null) return one
  const known = before?.limits.find((was) => was.counted === counted && was.per === per && was.limit === limit)?.lowest
  const isKept = known && known.remaining <= remaining && age(known.at, at) < LOWEST_MS
  return { ...one, lowest: isKept ? known : { remaining, at } }
}

/** Without what is left, which changes with each answer, but for whether that is little. */
const said = (limits: readonly ReadLimit[]): string =>
  limits.map((one) => `${one.counted} ${one.per} ${one.limit} ${isNearlyUsed(one)}`).join('\n')

const isNearlyUsed = ({ limit, lowest }: ReadLimit): boolean =>
  lowest != null && 1 - lowest.remaining / limit >= NEARLY_USED
