/** Routes and shapes of prompt versions. A version is recorded when a release is frozen and never changes. */
import { z } from 'zod'
import { Name } from '../core/names.ts'
import { ReleaseId } from '../core/release.ts'
import { Digest } from '../kernel/digest.ts'
import { Instant } from '../kernel/time.ts'
import { pageOf, route } from '../wire/route.ts'

export const PromptVersion = z.object({
  application: Name,
  /** The prompt's name in its application, for example `answer`. */
  name: z.string(),
  /** 1, 2, 3 … in the order in which they were first frozen, for people. */
  number: z.number().int(),
  digest: Digest,
  frontMatter: z.record(z.string(), z.unknown()),
  body: z.string(),
  firstRelease: ReleaseId,
  at: Instant,
})
export type PromptVersion = z.infer<typeof PromptVersion>

export const PromptVersionWithUse = PromptVersion.extend({ releases: z.array(ReleaseId) })
export type PromptVersionWithUse = z.infer<typeof PromptVersionWithUse>

export const PromptSummary = z.object({
  name: z.string(),
  versions: z.number().int(),
  latest: PromptVersion,
})
export type PromptSummary = z.infer<typeof PromptSummary>

export const listPrompts = route({
  name: 'listPrompts',
  method: 'GET',
  path: '/api/v1/applications/:name/prompts',
  summary: 'The prompts of an application that were ever frozen, each with its latest version',
  permission: 'view',
  mcp: true,
  params: z.object({ name: Name }),
  returns: { 200: pageOf(PromptSummary) },
})

export const listPromptVersions = route({
  name: 'listPromptVersions',
  method: 'GET',
  path: '/api/v1/applications/:name/prompts/:prompt/versions',
  summary: 'Every version of a prompt, newest first, with the releases that use it',
  permission: 'view',
  mcp: true,
  params: z.object({ name: Name, prompt: z.string().min(1) }),
  returns: { 200: pageOf(PromptVersionWithUse) },
})
