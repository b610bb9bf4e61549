/** The route of counterfactual pairs: a bias suite from the questions of another suite. */
import { z } from 'zod'
import { BlueprintFiles } from '../../core/blueprint/files.ts'
import { Name } from '../../core/names.ts'
import { route } from '../../wire/route.ts'

export const writeBiasSuite = route({
  name: 'writeBiasSuite',
  method: 'POST',
  path: '/api/v1/applications/:name/bias-suites',
  summary: 'Make a suite of counterfactual pairs: the same questions, asked by people who differ in one attribute',
  permission: 'build',
  example: { suite: 'questions', attributes: ['gender', 'age'], dryRun: true },
  mcp: true,
  params: z.object({ name: Name }),
  body: z.strictObject({
    suite: z.string().min(1),
    attributes: z.array(z.string().min(1)).min(1).optional(),
    /** The most questions that are paired, in file order. */
    most: z.number().int().min(1).max(10_000).default(200),
    dryRun: z.boolean().default(false),
  }),
  returns: {
    200: z.object({
      suite: z.string(),
      questions: z.number().int(),
      cases: z.number().int(),
      files: BlueprintFiles,
      written: z.boolean(),
    }),
  },
})
