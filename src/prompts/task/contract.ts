/** One route: the suites that a task contract yields. */
import { z } from 'zod'
import { BlueprintFiles } from '../../core/blueprint/files.ts'
import { Name } from '../../core/names.ts'
import { route } from '../../wire/route.ts'

export const writeTaskSuites = route({
  name: 'writeTaskSuites',
  method: 'POST',
  path: '/api/v1/applications/:name/task-suites',
  summary: 'Make suites for both sides of task.yaml: what is in scope is answered, what is out of scope is not',
  permission: 'build',
  example: { dryRun: true },
  mcp: true,
  params: z.object({ name: Name }),
  body: z.strictObject({
    /** Files with a task.yaml of their own; then nothing is written. */
    files: BlueprintFiles.optional(),
    dryRun: z.boolean().default(false),
  }),
  returns: {
    200: z.object({
      files: BlueprintFiles,
      inScope: z.number().int(),
      outOfScope: z.number().int(),
      written: z.boolean(),
    }),
  },
})
