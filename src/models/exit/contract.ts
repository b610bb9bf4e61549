/** The route of leaving a provider: everything that a move of a release to another one needs, in one file. */
import { z } from 'zod'
import { Example, Suite } from '../../core/dataset.ts'
import { FlowPart, ModelPart, PromptPart } from '../../core/manifest.ts'
import { ReleaseId } from '../../core/release.ts'
import { Digest } from '../../kernel/digest.ts'
import { Instant } from '../../kernel/time.ts'
import { route } from '../../wire/route.ts'

/** A release of other models that was measured against this one and is not worse. */
export const Fallback = z.object({
  release: ReleaseId,
  models: z.array(z.string()),
  experiment: z.string(),
  /** Less this release, on the deciding score, turned so that more is better. */
  difference: z.number().nullable(),
  low: z.number(),
  margin: z.number(),
  n: z.number().int(),
})
export type Fallback = z.infer<typeof Fallback>

export const ExitExport = z.object({
  schema: z.literal('airworthy.exit/1'),
  application: z.string(),
  release: ReleaseId,
  digest: Digest,
  at: Instant,
  models: z.array(ModelPart.extend({ endsOn: z.string().nullable() })),
  prompts: z.array(PromptPart),
  flow: FlowPart,
  datasets: z.array(z.object({ name: z.string(), digest: Digest, examples: z.array(Example) })),
  suites: z.array(Suite),
  /** Approved, and not worse on own cases. */
  fallbacks: z.array(Fallback),
})
export type ExitExport = z.infer<typeof ExitExport>

export const exportExit = route({
  name: 'exportExit',
  method: 'GET',
  path: '/api/v1/releases/:id/exit',
  summary: 'Everything that a move to another model needs: prompts, flow, datasets, suites, and models that passed',
  permission: 'view',
  params: z.object({ id: ReleaseId }),
  returns: { 200: ExitExport },
})
