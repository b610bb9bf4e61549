/** Routes of assurance: trying a cap, on demand. */
import { z } from 'zod'
import { Evidence } from '../core/evidence.ts'
import { ReleaseId } from '../core/release.ts'
import { route } from '../wire/route.ts'

export const probeCap = route({
  name: 'probeCap',
  method: 'POST',
  path: '/api/v1/releases/:id/cap-probes',
  summary: 'Drive a key of its own with a tiny cap to its refusal, and record signed evidence for ops.budgetcap',
  permission: 'build',
  mcp: true,
  params: z.object({ id: ReleaseId }),
  returns: { 201: Evidence },
})
