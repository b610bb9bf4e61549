/** Routes of crosswalks. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { route } from '../../wire/route.ts'
import { AS_PAPER } from '../plan/as-paper.ts'
import { CoverageView } from './coverage.ts'
import { PackChanges, PackKind } from './pack-changes.ts'

const one = z.object({ name: Name })

export const getControlCoverage = route({
  name: 'getControlCoverage',
  method: 'GET',
  path: '/api/v1/applications/:name/control-coverage',
  summary: 'Read which controls of NIST, ISO, OWASP and ATLAS have evidence in an application',
  permission: 'view',
  mcp: true,
  params: one,
  returns: { 200: CoverageView },
})

export const exportControlCoverage = route({
  name: 'exportControlCoverage',
  method: 'GET',
  path: '/api/v1/applications/:name/control-coverage/paper',
  summary: 'Print the coverage as Markdown, as a page, or as a table',
  permission: 'view',
  params: one,
  ...AS_PAPER,
})

export const comparePack = route({
  name: 'comparePack',
  method: 'POST',
  path: '/api/v1/pack-changes',
  summary: 'See what a new version of a pack changes, and which checks and applications it touches; nothing is kept',
  permission: 'view',
  mcp: true,
  maxBodyBytes: 4 * 1024 * 1024,
  body: z.strictObject({ kind: PackKind, pack: z.record(z.string(), z.unknown()) }),
  returns: { 200: PackChanges },
})
