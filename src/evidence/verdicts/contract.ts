/** The route of signed verdicts. */
import { z } from 'zod'
import { Envelope } from '../../core/evidence.ts'
import { idOf } from '../../kernel/ids.ts'
import { route } from '../../wire/route.ts'

export const getGateVerdict = route({
  name: 'getGateVerdict',
  method: 'GET',
  path: '/api/v1/gate-decisions/:id/verdict',
  summary: 'Read a kept decision as a signed verdict, which `airworthy verdict verify` checks without a server',
  permission: 'view',
  mcp: true,
  params: z.object({ id: idOf('gat') }),
  returns: { 200: Envelope },
})
