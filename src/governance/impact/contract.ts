/** Routes of what follows from the impact assessment; it is written as the document `impact`. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { route } from '../../wire/route.ts'
import { AS_PAPER } from '../plan/as-paper.ts'
import { ImpactFollowing } from './impact.ts'

export const getImpact = route({
  name: 'getImpact',
  method: 'GET',
  path: '/api/v1/applications/:name/impact',
  summary: 'See which risks and suites follow from the impact assessment',
  permission: 'view',
  mcp: true,
  params: z.object({ name: Name }),
  returns: { 200: ImpactFollowing },
})

export const takeImpact = route({
  name: 'takeImpact',
  method: 'POST',
  path: '/api/v1/applications/:name/impact',
  summary: 'Write the risks and suites that follow from the impact assessment into the blueprint',
  permission: 'build',
  params: z.object({ name: Name }),
  returns: { 200: ImpactFollowing },
})

export const exportImpact = route({
  name: 'exportImpact',
  method: 'GET',
  path: '/api/v1/applications/:name/impact/paper',
  summary: 'Print the impact assessment and what follows from it as Markdown, as a page, or as a table',
  permission: 'view',
  params: z.object({ name: Name }),
  ...AS_PAPER,
})
