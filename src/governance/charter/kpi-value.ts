/** A KPI as it was measured on a day, beside the baseline and the target of the charter. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Name } from '../../core/names.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'

export const KpiValueId = idOf('kpv')
export type KpiValueId = z.infer<typeof KpiValueId>

export const KpiValue = z.object({
  id: KpiValueId,
  organisation: Organisation,
  application: Name,
  /** The name that the charter gives it. */
  kpi: z.string(),
  value: z.number(),
  /** Over how many cases; null when it was not said. */
  n: z.number().int().nullable(),
  /** 95 % interval over those cases; null where nobody knows. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  measuredAt: Instant,
  source: z.string(),
  createdAt: Instant,
  createdBy: ActorId,
})
export type KpiValue = z.infer<typeof KpiValue>
