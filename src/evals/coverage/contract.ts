/** The route of coverage: what people ask, in groups, and how many cases each group has. Browser-safe. */
import { z } from 'zod'
import { Interval } from '../../core/evidence.ts'
import { ReleaseId } from '../../core/release.ts'
import { Stage } from '../../core/stage.ts'
import { route } from '../../wire/route.ts'

export const CoverageGroup = z.object({
  /** Words that weigh most in it, or what the task contract calls it; never a question itself. */
  words: z.array(z.string()),
  questions: z.number().int(),
  /** Cases of the suites that are alike. */
  cases: z.number().int(),
  isCovered: z.boolean(),
})
export type CoverageGroup = z.infer<typeof CoverageGroup>

export const Coverage = z.object({
  /** `declared`: no traffic yet, so what the task contract names · `traffic`: what was asked. */
  basis: z.enum(['traffic', 'declared']),
  questions: z.number().int(),
  cases: z.number().int(),
  groups: z.number().int(),
  /** Of the questions, or of the kinds that are declared; null below 30 questions or without a task contract. */
  coveredShare: z.number().nullable(),
  interval: Interval.nullable(),
  /** Groups with fewer than five cases, the most asked first. */
  uncovered: z.array(CoverageGroup),
  /** Cases that are like nothing that was asked. */
  casesOutside: z.number().int(),
})
export type Coverage = z.infer<typeof Coverage>

export const getCoverage = route({
  name: 'getCoverage',
  method: 'GET',
  path: '/api/v1/releases/:id/coverage',
  summary: 'What people ask in groups of words, and how many cases of the suites each group has',
  permission: 'view',
  mcp: true,
  params: z.object({ id: ReleaseId }),
  query: z.object({ stage: Stage.default('pilot') }),
  returns: { 200: Coverage },
})
