/** Routes of stability: making the variants of a suite, and reading how steady the answers to them were. */
import { z } from 'zod'
import { BlueprintFiles } from '../../core/blueprint/files.ts'
import { Part } from '../../core/manifest.ts'
import { Name } from '../../core/names.ts'
import { route } from '../../wire/route.ts'
import { Stability } from './figure.ts'
import { PERTURBATIONS, Perturbation } from './perturb.ts'

export { Stability } from './figure.ts'

export const writeStabilitySuite = route({
  name: 'writeStabilitySuite',
  method: 'POST',
  path: '/api/v1/applications/:name/stability-suites',
  summary: 'Make a suite of the same questions as others would ask them: typos, case, order, wording and more',
  permission: 'build',
  example: { suite: 'questions', kinds: ['typo', 'case'], dryRun: true },
  mcp: true,
  params: z.object({ name: Name }),
  body: z.strictObject({
    suite: z.string().min(1),
    kinds: z
      .array(Perturbation)
      .min(1)
      .default([...PERTURBATIONS]),
    /** The most questions that are varied, in file order. */
    most: z.number().int().min(1).max(10_000).default(200),
    dryRun: z.boolean().default(false),
  }),
  returns: {
    200: z.object({
      suite: z.string(),
      originals: z.number().int(),
      variants: z.number().int(),
      files: BlueprintFiles,
      written: z.boolean(),
    }),
  },
})

export const getStability = route({
  name: 'getStability',
  method: 'GET',
  path: '/api/v1/experiments/:id/stability',
  summary: 'How steady the answers of an experiment were when questions were asked in other ways, with n and interval',
  permission: 'view',
  mcp: true,
  params: z.object({ id: z.string().min(1) }),
  returns: {
    200: z.object({
      experiment: z.string(),
      evaluator: z.string(),
      /** A difference up to it counts as none. */
      margin: z.number(),
      /** What was measured: a figure belongs to prompts, models and flow together. */
      measured: z.array(Part),
      stability: Stability,
    }),
  },
})
