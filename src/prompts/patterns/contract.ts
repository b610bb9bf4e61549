/** Routes of prompt patterns: prompts that are known to help, each with a suite to begin with. */
import { z } from 'zod'
import { BlueprintFiles } from '../../core/blueprint/files.ts'
import { Name } from '../../core/names.ts'
import { route } from '../../wire/route.ts'

export const PromptPattern = z.object({
  name: z.string(),
  title: z.string(),
  /** When it helps. */
  when: z.string(),
  /** The paper that described it. */
  source: z.string(),
  /** Text of its .prompt file. */
  prompt: z.string(),
  /** Examples that its suite begins with. */
  cases: z.number().int(),
})
export type PromptPattern = z.infer<typeof PromptPattern>

/** What was written, or with `dryRun` what would be. */
export const MadeFiles = z.object({
  application: Name,
  files: BlueprintFiles,
  /** The suite that measures it, by name. */
  suite: z.string(),
})
export type MadeFiles = z.infer<typeof MadeFiles>

export const listPromptPatterns = route({
  name: 'listPromptPatterns',
  method: 'GET',
  path: '/api/v1/prompt-patterns',
  summary: 'Patterns of prompts for tasks that are hard to say: few-shot, decompose, chain of thought and others',
  permission: 'view',
  mcp: true,
  returns: { 200: z.object({ items: z.array(PromptPattern) }) },
})

export const copyPromptPattern = route({
  name: 'copyPromptPattern',
  method: 'POST',
  path: '/api/v1/prompt-patterns/:pattern/copies',
  summary: 'Copy a pattern with its suite into a blueprint, or begin an application with it',
  permission: 'build',
  example: { application: 'sorter', prompt: 'sort', model: 'scripted/echo' },
  mcp: true,
  params: z.object({ pattern: z.string().min(1) }),
  body: z.strictObject({
    application: Name,
    prompt: Name.optional(),
    model: z
      .string()
      .regex(/^[a-z0-9-]+\/.+$/, 'a model is provider/model')
      .optional(),
    dryRun: z.boolean().default(false),
  }),
  returns: { 201: MadeFiles, 200: MadeFiles },
})
