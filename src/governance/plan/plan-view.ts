/** The plan of one application, whole: what people wrote, what follows from it, and where it stands. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { Instant } from '../../kernel/time.ts'
import { Advice } from '../advisor/advice.ts'
import { CharterView } from '../charter/charter-view.ts'
import { Decision } from '../documents/decision.ts'
import { HostingView } from '../hosting/hosting.ts'
import { ResourcePlan } from '../resources/resources.ts'
import { RiskRegister } from '../risks/register.ts'
import { Roadmap } from '../roadmap/roadmap.ts'
import { LiveRow } from '../roadmap/status.ts'
import { PathStanding } from '../standing.ts'

export const RoadmapView = z.object({
  /** False when the blueprint has no roadmap.yaml; the prefilled rows are shown to begin with. */
  isKept: z.boolean(),
  rows: z.array(LiveRow),
  scope: Roadmap.shape.scope,
  /** KPIs of the charter that no part of the first version serves. */
  uncoveredKpis: z.array(z.string()),
})
export type RoadmapView = z.infer<typeof RoadmapView>

export const WholePlan = z.object({
  application: Name,
  at: Instant,
  charter: CharterView,
  /** What was decided, and where its model runs. */
  decision: z.object({ isKept: z.boolean(), decision: Decision, hosting: HostingView }),
  advice: Advice,
  roadmap: RoadmapView,
  risks: RiskRegister,
  resources: ResourcePlan,
  standing: PathStanding,
  /** Digest of each document that is kept. */
  digests: z.record(z.string(), z.string()),
  /** Who attested the charter as it stands, and when. */
  signed: z.object({ charter: z.array(z.string()) }),
  progress: z.object({
    /** Parts that are filled in. */
    done: z.number().int(),
    of: z.number().int(),
    parts: z.array(z.object({ part: z.string(), done: z.number(), of: z.number(), next: z.string() })),
  }),
})
export type WholePlan = z.infer<typeof WholePlan>
