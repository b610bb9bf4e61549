/** The roadmap: phases and activities until launch and after it, in the columns of the learning module. */
import { z } from 'zod'
import { Stage } from '../../core/stage.ts'
import { date, exampleFlag, text, texts } from '../documents/fields.ts'

/** Exactly the columns of the module (S3.36), in its order. */
export const ROADMAP_COLUMNS = [
  ['phase', 'Phase'],
  ['activity', 'Activity'],
  ['timeline', 'Timeline'],
  ['resources', 'Resources'],
  ['metrics', 'Metrics'],
  ['risks', 'Risks'],
  ['mitigation', 'Mitigation Strategy'],
] as const

export const RoadmapRow = z.strictObject({
  id: z.string().min(1),
  phase: z.string().min(1),
  activity: z.string().min(1),
  timeline: text,
  resources: text,
  metrics: text,
  risks: text,
  mitigation: text,
  owner: text,
  dependsOn: texts,
  /** The gate that ends the row: the stage that it leads into. Empty for none. */
  gate: z.union([Stage, z.literal('')]).nullish(),
  /** Further checks that it waits for. */
  checks: texts,
  /** Ids of the risk register. */
  riskIds: texts,
  start: date,
  end: date,
  /** Said by a person, where no check can tell. */
  done: z.boolean().nullish(),
})
export type RoadmapRow = z.infer<typeof RoadmapRow>

export const Roadmap = z.strictObject({
  example: exampleFlag,
  /** What the first version does, each with the KPIs that it serves and the cases that show it (S1.14b). */
  scope: z.array(z.strictObject({ what: z.string().min(1), kpis: texts, cases: texts })).nullish(),
  rows: z
    .array(RoadmapRow)
    .refine((rows) => new Set(rows.map(({ id }) => id)).size === rows.length, 'two rows have the same id'),
})
export type Roadmap = z.infer<typeof Roadmap>

export const RoadmapPack = z.strictObject({
  name: z.string(),
  version: z.string(),
  asOf: z.iso.date(),
  rows: z.array(RoadmapRow),
})
export type RoadmapPack = z.infer<typeof RoadmapPack>
