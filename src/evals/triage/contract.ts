/** Routes of failure clusters: what did not pass, by what is alike, and what was decided about it. Browser-safe. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'
import { route } from '../../wire/route.ts'
import { ExperimentId } from '../experiment.ts'

export const FailureClusterId = idOf('fcl')

/**
 * fix: it is a fault and will be mended · accept: known and borne · data: the example is wrong · evaluator: the score is
 * wrong · out-of-scope: not what the application is for.
 */
export const TriageDecision = z.enum(['fix', 'accept', 'data', 'evaluator', 'out-of-scope'])
export type TriageDecision = z.infer<typeof TriageDecision>

export const FailureCluster = z.object({
  id: FailureClusterId,
  organisation: Organisation,
  experiment: ExperimentId,
  /** Its run failed, it abstained, or its answer did not pass. */
  kind: z.enum(['error', 'abstained', 'wrong']),
  label: z.string(),
  /** Words that weigh most in it. */
  terms: z.array(z.string()),
  /** Ids of its examples. */
  examples: z.array(z.string()),
  n: z.number().int(),
  /** Who sees to it; null before it was triaged. */
  owner: z.string().nullable(),
  decision: TriageDecision.nullable(),
  note: z.string().nullable(),
  decidedBy: ActorId.nullable(),
  decidedAt: Instant.nullable(),
})
export type FailureCluster = z.infer<typeof FailureCluster>

export const listFailureClusters = route({
  name: 'listFailureClusters',
  method: 'GET',
  path: '/api/v1/experiments/:id/failure-clusters',
  summary: 'What did not pass, by what is alike in it, the largest first, with owner and decision',
  permission: 'view',
  mcp: true,
  params: z.object({ id: ExperimentId }),
  returns: { 200: z.object({ items: z.array(FailureCluster) }) },
})

export const triageFailureCluster = route({
  name: 'triageFailureCluster',
  method: 'PUT',
  path: '/api/v1/experiments/:id/failure-clusters/:cluster',
  summary: 'Say who sees to a group of failures, and what was decided',
  permission: 'build',
  example: { owner: 'ada', decision: 'fix', note: 'The second page of the price list is not indexed.' },
  params: z.object({ id: ExperimentId, cluster: FailureClusterId }),
  body: z.strictObject({
    owner: z.string().trim().min(1).max(200),
    decision: TriageDecision,
    note: z.string().trim().max(4000).nullish(),
  }),
  returns: { 200: FailureCluster },
})

export const triageRoutes = [listFailureClusters, triageFailureCluster]
