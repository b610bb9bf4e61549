/** What exists already of an application that was built elsewhere, as its people say it. */
import { z } from 'zod'
import { Target } from '../../core/flow.ts'

/** Texts by path, as they stand in somebody's folder. */
const Texts = z.record(z.string().min(1).max(500), z.string())

export const Existing = z.strictObject({
  /** One sentence on what it does. */
  description: z.string().trim().max(500).default(''),
  /** Where it answers today; null when nothing can be asked yet. */
  target: Target.nullable().default(null),
  /** What its prompts are asked with, as `provider/model`; used where there is no target. */
  model: z
    .string()
    .regex(/^[a-z0-9-]+\/.+$/, 'a model is provider/model')
    .nullable()
    .default(null),
  /** `.prompt` files, plain texts, or messages as JSON. */
  prompts: Texts.default({}),
  /** Questions with or without answers: CSV, JSON lines, or tests of promptfoo, OpenAI evals, MLflow, Hugging Face. */
  cases: z
    .strictObject({ file: z.string().min(1).max(200), content: z.string() })
    .nullable()
    .default(null),
  /** CSV as text, or workbooks (.xlsx) in base64: sheets of questions, risks, a roadmap or resources, by their columns. */
  sheets: z
    .array(z.strictObject({ file: z.string().min(1).max(200), content: z.string() }))
    .max(20)
    .default([]),
  /** A promptfoo project: its configuration and the files that it names. */
  promptfoo: Texts.default({}),
})
export type Existing = z.infer<typeof Existing>

export const Station = z.object({
  id: z.enum(['answers', 'prompts', 'cases', 'measured', 'baseline', 'people', 'plan']),
  title: z.string(),
  /** There, or still to do. */
  isThere: z.boolean(),
  says: z.string(),
  /** What to do about it; empty when it is there. */
  next: z.string(),
})
export type Station = z.infer<typeof Station>

export const Brought = z.object({
  /** The blueprint. */
  files: z.record(z.string(), z.string()),
  /** What was brought and has no equivalent, each with its place. */
  unsupported: z.array(z.object({ where: z.string(), what: z.string() })),
  /** Where that puts the application: every one begins in the sandbox, with some of what the first gate asks. */
  stage: z.literal('sandbox'),
  says: z.string(),
  stations: z.array(Station),
})
export type Brought = z.infer<typeof Brought>
