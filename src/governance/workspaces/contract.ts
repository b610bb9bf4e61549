/** Routes of sandbox workspaces. */
import { z } from 'zod'
import { BlueprintFiles } from '../../core/blueprint/files.ts'
import { Name } from '../../core/names.ts'
import { MicroUsd } from '../../kernel/money.ts'
import { route } from '../../wire/route.ts'
import { Workspace } from './workspace.ts'

/** The dearest workspace, a month. */
const MOST_MICRO_USD = 50_000_000
const MEBIBYTE = 2 ** 20

export const ShownWorkspace = Workspace.extend({
  /** Of this month, by everybody who asked the application. */
  spentMicroUsd: MicroUsd,
})
export type ShownWorkspace = z.infer<typeof ShownWorkspace>

export const listWorkspaces = route({
  name: 'listWorkspaces',
  method: 'GET',
  path: '/api/v1/sandbox-workspaces',
  summary: 'List sandbox workspaces with their caps and what was spent, by the name of their application',
  permission: 'view',
  mcp: true,
  returns: { 200: z.object({ items: z.array(ShownWorkspace) }) },
})

export const openWorkspace = route({
  name: 'openWorkspace',
  method: 'POST',
  path: '/api/v1/sandbox-workspaces',
  summary: 'Open a sandbox workspace: a new application with caps, and a key that reaches nothing else, shown once',
  permission: 'administer',
  maxBodyBytes: 32 * MEBIBYTE,
  body: z.strictObject({
    application: Name,
    purpose: z.string().trim().min(3).max(500),
    template: z.string().optional(),
    files: BlueprintFiles.optional(),
    requestsPerMinute: z.number().int().min(1).max(6000).default(60),
    costMicroUsdPerMonth: MicroUsd.refine(
      (amount) => !amount.startsWith('-') && Number(amount) <= MOST_MICRO_USD,
      'a workspace spends at most 50 dollars a month: 50000000',
    ).default('5000000' as MicroUsd),
    expiresInDays: z.number().int().min(1).max(90).default(14),
  }),
  example: { application: 'first-try', purpose: 'Find out whether it answers at all', template: 'support-assistant' },
  returns: { 201: z.object({ workspace: ShownWorkspace, secret: z.string() }) },
})

export const closeWorkspace = route({
  name: 'closeWorkspace',
  method: 'DELETE',
  path: '/api/v1/sandbox-workspaces/:application',
  summary: 'Let an application leave its workspace: the key ends, the application stays and may go on to other stages',
  permission: 'administer',
  params: z.object({ application: Name }),
  returns: { 200: ShownWorkspace },
})
