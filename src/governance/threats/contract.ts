/** The route of the threat model; it is written as the document `threats`. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { route } from '../../wire/route.ts'
import { ThreatModel } from './threats.ts'

export const getThreatModel = route({
  name: 'getThreatModel',
  method: 'GET',
  path: '/api/v1/applications/:name/threats',
  summary: 'Read the threat model: where data flows, which known threats apply, and what holds each off',
  permission: 'view',
  mcp: true,
  params: z.object({ name: Name }),
  returns: { 200: ThreatModel },
})
