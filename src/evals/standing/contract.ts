/** Suites of an application as it stands: what each measures, and whether that was measured. Browser-safe. */
import { z } from 'zod'
import { DatasetPart, Suite } from '../../core/dataset.ts'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { Digest } from '../../kernel/digest.ts'
import { Instant } from '../../kernel/time.ts'
import { route } from '../../wire/route.ts'
import { ExperimentId, Score } from '../experiment.ts'
import { ComparisonVerdict } from '../results.ts'

export const SuiteRun = z.object({
  experiment: ExperimentId,
  release: ReleaseId,
  at: Instant,
  /** The primary score of the release; null when there is none. */
  score: Score.nullable(),
  /** Against what it was compared with; null without a comparison. */
  verdict: ComparisonVerdict.nullable(),
})
export type SuiteRun = z.infer<typeof SuiteRun>

export const SuiteStanding = Suite.omit({ evaluators: true }).extend({
  digest: Digest,
  evaluators: z.array(
    z.object({
      key: z.string(),
      id: z.string(),
      version: z.number().int(),
      /** The model that grades; null where none is asked. */
      judge: z.object({ model: z.string(), digest: Digest }).nullable(),
    }),
  ),
  /** As the newest release froze it; null when it has no such dataset. */
  data: DatasetPart.pick({ name: true, digest: true, rows: true, splits: true, from: true }).nullable(),
  /** Examples that a run takes. */
  examples: z.number().int(),
  /**
   * measured: exactly this was measured · changed: something that the scores depend on has changed since the last run ·
   * never: it was not measured yet · running · unusable: it cannot be run, and `why` says why.
   */
  standing: z.enum(['measured', 'changed', 'never', 'running', 'unusable']),
  why: z.string(),
  /** What has changed since the last run, such as `prompt answer`. */
  changed: z.array(z.string()),
  /** Runs that ended, the newest first. */
  runs: z.array(SuiteRun),
})
export type SuiteStanding = z.infer<typeof SuiteStanding>

export const listSuites = route({
  name: 'listSuites',
  method: 'GET',
  path: '/api/v1/applications/:name/suites',
  summary: 'The suites of the newest release: what each measures, its last runs, and what changed without a run',
  permission: 'view',
  mcp: true,
  params: z.object({ name: Name }),
  returns: { 200: z.object({ release: ReleaseId.nullable(), items: z.array(SuiteStanding) }) },
})
