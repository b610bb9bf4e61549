/** An alert: something that somebody should see to, from when it began until it was over. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Name } from '../../core/names.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'

export const AlertId = idOf('alt')
export type AlertId = z.infer<typeof AlertId>

/**
 * kpi: a line of the charter is crossed · kpi-old: its value is over-due · freshness: a source is past its day ·
 * swap: models or prompts of the newest release are others, and nobody measured both, or it came out worse ·
 * documents: the documents of the newest release fail their measures · quota: a provider's quota of a model that is
 * asked is nearly used · key: a provider says back the key that it is asked with.
 */
export const AlertKind = z.enum([
  'errors',
  'cost',
  'provider',
  'kpi',
  'kpi-old',
  'freshness',
  'swap',
  'documents',
  'quota',
  'key',
])
export type AlertKind = z.infer<typeof AlertKind>

export const RaisedAlert = z.object({
  id: AlertId,
  organisation: Organisation,
  application: Name,
  kind: AlertKind,
  /** Which KPI, source, quota or provider; empty where the application has one of its kind. */
  subject: z.string(),
  title: z.string(),
  says: z.string(),
  openedAt: Instant,
  /** Null while it lasts. */
  endedAt: Instant.nullable(),
  acknowledgedAt: Instant.nullable(),
  acknowledgedBy: ActorId.nullable(),
  /** What whoever saw it does about it. */
  note: z.string(),
})
export type RaisedAlert = z.infer<typeof RaisedAlert>

export const AlertState = z.enum(['open', 'seen', 'over'])
export type AlertState = z.infer<typeof AlertState>

export const stateOf = ({ endedAt, acknowledgedAt }: RaisedAlert): AlertState =>
  endedAt !== null ? 'over' : acknowledgedAt !== null ? 'seen' : 'open'
