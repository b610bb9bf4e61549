/** Routes of data governance: what data an application uses and may use, and what it lacks. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { Stage } from '../../core/stage.ts'
import { Verdict } from '../../core/verdict.ts'
import { Instant } from '../../kernel/time.ts'
import { route } from '../../wire/route.ts'
import { DataStore, Source } from '../documents/inventory.ts'
import { ReachedFinding } from '../documents/reached.ts'
import { AS_PAPER } from '../plan/as-paper.ts'
import { DataGapId, ServedGap } from './gap.ts'
import { Holding } from './holding.ts'

const one = z.object({ name: Name })

export const ServedSource = Source.extend({
  /** Fields that it still needs. */
  missing: z.array(z.string()),
  /** What the newest release has of it, with counts and labels. */
  holds: z.array(Holding),
  /** The last day on which it is fresh; null without a target. */
  dueOn: z.iso.date().nullable(),
  isOverdue: z.boolean(),
  /** The stages into which it may not be taken, each with the reason. */
  refusedIn: z.array(z.object({ stage: Stage, why: z.string() })),
})
export type ServedSource = z.infer<typeof ServedSource>

export const DataInForce = z.object({
  application: Name,
  at: Instant,
  sources: z.array(ServedSource),
  /** Where data is kept while it runs, each with what it lacks or says otherwise than airworthy.yaml. */
  stores: z.array(DataStore.extend({ faults: z.array(z.string()) })),
  /** Declared regions and encryption beside what addresses and the database tell. */
  reached: z.array(ReachedFinding),
  /** Datasets and knowledge of the newest release that no source covers. */
  uncovered: z.array(z.string()),
  gaps: z.array(ServedGap),
  /** What the gates say of data and of privacy now. */
  checks: z.array(z.object({ check: z.string(), verdict: Verdict })),
})
export type DataInForce = z.infer<typeof DataInForce>

export const getDataGovernance = route({
  name: 'getDataGovernance',
  method: 'GET',
  path: '/api/v1/applications/:name/data',
  summary: 'Read what data an application uses: owner, right of use, freshness, permitted stages, and what is missing',
  permission: 'view',
  mcp: true,
  params: one,
  returns: { 200: DataInForce },
})

export const addDataGap = route({
  name: 'addDataGap',
  method: 'POST',
  path: '/api/v1/applications/:name/data-gaps',
  summary: 'Write down what data is missing, and what for',
  permission: 'build',
  mcp: true,
  params: one,
  body: z.strictObject({ title: z.string().trim().min(1).max(200), reason: z.string().trim().min(1).max(2000) }),
  example: { title: 'Questions in French', reason: 'A fifth of the customers write French, and no case does.' },
  returns: { 201: ServedGap },
})

export const requestDataset = route({
  name: 'requestDataset',
  method: 'PUT',
  path: '/api/v1/applications/:name/data-gaps/:gap/request',
  summary: 'Ask somebody for the dataset that closes a gap; it closes when a version of that dataset is registered',
  permission: 'build',
  mcp: true,
  params: one.extend({ gap: DataGapId }),
  body: z.strictObject({ dataset: Name, askedOf: z.string().trim().min(1).max(200) }),
  returns: { 200: ServedGap },
})

export const exportDataGovernance = route({
  name: 'exportDataGovernance',
  method: 'GET',
  path: '/api/v1/applications/:name/data/paper',
  summary: 'Print the inventory and the gaps as Markdown, as a page, or as a table',
  permission: 'view',
  params: one,
  ...AS_PAPER,
})
