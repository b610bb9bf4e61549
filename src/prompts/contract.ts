/** Routes and shapes of prompt versions. A version is recorded when a release is frozen and never changes. */
import { z } from 'zod'
import { BlueprintFiles } from '../core/blueprint/files.ts'
import { Turn } from '../core/conversation.ts'
import { Name } from '../core/names.ts'
import { ReleaseId } from '../core/release.ts'
import { Arm } from '../core/rollout.ts'
import { Stage } from '../core/stage.ts'
import { Digest } from '../kernel/digest.ts'
import { Instant } from '../kernel/time.ts'
import { pageOf, route } from '../wire/route.ts'
import { Piece } from './difference.ts'
import { LintFinding } from './lint/index.ts'

export { LintFinding } from './lint/index.ts'

export const PromptVersion = z.object({
  application: Name,
  /** The prompt's name in its application, for example `answer`. */
  name: z.string(),
  /** 1, 2, 3 … in the order in which they were first frozen, for people. */
  number: z.number().int(),
  digest: Digest,
  frontMatter: z.record(z.string(), z.unknown()),
  body: z.string(),
  /** The partials that it names; null where it names none. */
  partials: z.record(z.string(), z.string()).nullable(),
  firstRelease: ReleaseId,
  at: Instant,
})
export type PromptVersion = z.infer<typeof PromptVersion>

/** Where a version answers: read off the releases that are live, so that it moves when they do and never by hand. */
export const PromptLabel = z.object({
  stage: Stage,
  number: z.number().int(),
  digest: Digest,
  release: ReleaseId,
  arm: Arm,
  /** Of the stage's traffic. */
  share: z.number(),
})
export type PromptLabel = z.infer<typeof PromptLabel>

export const PromptVersionWithUse = PromptVersion.extend({
  releases: z.array(ReleaseId),
  labels: z.array(PromptLabel),
})
export type PromptVersionWithUse = z.infer<typeof PromptVersionWithUse>

export const PromptSummary = z.object({
  name: z.string(),
  versions: z.number().int(),
  latest: PromptVersion,
  labels: z.array(PromptLabel),
})
export type PromptSummary = z.infer<typeof PromptSummary>

/** A step of a flow that asks a model with a prompt. */
export const PromptUse = z.object({
  release: ReleaseId,
  number: z.number().int(),
  flow: z.enum(['flow', 'baseline']),
  step: z.string(),
  /** `provider/model`. */
  model: z.string(),
})
export type PromptUse = z.infer<typeof PromptUse>

export const Rendered = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rendered'), turns: z.array(Turn), tokens: z.number().int() }),
  z.object({ kind: z.literal('not-rendered'), code: z.string(), message: z.string() }),
])
export type Rendered = z.infer<typeof Rendered>

const ofApplication = z.object({ name: Name })
const onePrompt = z.object({ name: Name, prompt: z.string().min(1) })
const Values = z.record(z.string(), z.unknown())

export const listPrompts = route({
  name: 'listPrompts',
  method: 'GET',
  path: '/api/v1/applications/:name/prompts',
  summary: 'The prompts of an application that were ever frozen, each with its latest version and where it is live',
  permission: 'view',
  mcp: true,
  params: ofApplication,
  returns: { 200: pageOf(PromptSummary) },
})

export const listPromptVersions = route({
  name: 'listPromptVersions',
  method: 'GET',
  path: '/api/v1/applications/:name/prompts/:prompt/versions',
  summary: 'Every version of a prompt, newest first, with the releases that use it and the stages where it is live',
  permission: 'view',
  mcp: true,
  params: onePrompt,
  returns: { 200: pageOf(PromptVersionWithUse) },
})

export const listPromptUses = route({
  name: 'listPromptUses',
  method: 'GET',
  path: '/api/v1/applications/:name/prompts/:prompt/uses',
  summary: 'The steps that use a prompt, in the newest release and in those that are live',
  permission: 'view',
  mcp: true,
  params: onePrompt,
  returns: { 200: z.object({ items: z.array(PromptUse) }) },
})

export const comparePromptVersions = route({
  name: 'comparePromptVersions',
  method: 'POST',
  path: '/api/v1/applications/:name/prompts/:prompt/comparisons',
  summary: 'How two versions of a prompt differ, by word: as they are written, and as they are rendered with values',
  permission: 'view',
  example: { from: 1, to: 2, values: { question: 'Where is my order?' } },
  mcp: true,
  params: onePrompt,
  body: z.strictObject({
    from: z.number().int().min(1),
    to: z.number().int().min(1),
    values: Values.default({}),
  }),
  returns: {
    200: z.object({
      from: PromptVersion,
      to: PromptVersion,
      written: z.array(Piece),
      before: Rendered,
      after: Rendered,
      /** Of what both give; empty when one cannot be rendered with these values. */
      rendered: z.array(Piece),
    }),
  },
})

export const movePromptLabel = route({
  name: 'movePromptLabel',
  method: 'PUT',
  path: '/api/v1/applications/:name/prompts/:prompt/labels/:stage',
  summary: 'Ask that a version be the one of a stage; refused unless it is already, as only a promotion moves it',
  permission: 'build',
  example: { number: 2 },
  params: onePrompt.extend({ stage: Stage }),
  body: z.strictObject({ number: z.number().int().min(1) }),
  returns: { 200: PromptLabel },
})

export const renderPrompt = route({
  name: 'renderPrompt',
  method: 'POST',
  path: '/api/v1/applications/:name/prompt-renderings',
  summary: 'Render the text of a .prompt file with values, as a flow would, and lint it; nothing is kept',
  permission: 'build',
  example: { text: '{{role "system"}}Be brief.{{role "user"}}{{question}}', values: { question: 'Why?' } },
  mcp: true,
  params: ofApplication,
  body: z.strictObject({
    text: z.string().min(1).max(200_000),
    values: Values.default({}),
    /** Left out: the partials of the stored blueprint. */
    partials: z.record(z.string(), z.string()).optional(),
  }),
  returns: { 200: z.object({ rendered: Rendered, findings: z.array(LintFinding) }) },
})

export const lintPrompts = route({
  name: 'lintPrompts',
  method: 'POST',
  path: '/api/v1/applications/:name/prompt-findings',
  summary: 'Say what is likely wrong with the prompts of a blueprint, by code; without files of the stored one',
  permission: 'build',
  mcp: true,
  params: ofApplication,
  maxBodyBytes: 32 * 1024 * 1024,
  body: z.strictObject({ files: BlueprintFiles.optional() }),
  returns: { 200: z.object({ prompts: z.number().int(), items: z.array(LintFinding) }) },
})
