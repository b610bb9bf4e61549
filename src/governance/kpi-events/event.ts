/** A KPI event: one case of the business, told by the system in which it happened. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Name } from '../../core/names.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant, instantOf } from '../../kernel/time.ts'

/** An event as CloudEvents 1.0 writes it in JSON; attributes that others add are left alone. */
export const CloudEvent = z.object({
  specversion: z.literal('1.0'),
  /** Of the sender: the same id from the same source counts once. */
  id: z.string().min(1).max(200),
  source: z.string().min(1).max(500),
  type: z.string().min(1).max(200),
  time: z.iso
    .datetime({ offset: true })
    .transform((text) => instantOf(Date.parse(text)))
    .optional(),
  data: z.strictObject({
    /** Name of a KPI as the charter has it. */
    kpi: z.string().min(1),
    /** What it came to in this case; yes or no for a share. */
    value: z.union([z.number(), z.boolean()]),
  }),
})
export type CloudEvent = z.infer<typeof CloudEvent>

export const KpiEventId = idOf('kpe')
export type KpiEventId = z.infer<typeof KpiEventId>

export const KpiEvent = z.object({
  id: KpiEventId,
  organisation: Organisation,
  application: Name,
  kpi: z.string(),
  sender: z.string(),
  /** The id that the sender gave. */
  senderId: z.string(),
  /** Of a yes or no, 1 or 0. */
  value: z.number(),
  isYesOrNo: z.boolean(),
  happenedAt: Instant,
  /** When it went into a value of the KPI; null while its period lasts. */
  rolledUpAt: Instant.nullable(),
  createdAt: Instant,
  createdBy: ActorId,
})
export type KpiEvent = z.infer<typeof KpiEvent>
