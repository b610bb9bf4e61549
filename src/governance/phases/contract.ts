/** Routes of objects by phase. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { route } from '../../wire/route.ts'
import { Phase } from '../compass/compass.ts'
import { ObjectKind, PhasedObject } from './phased-object.ts'

export const listObjects = route({
  name: 'listObjects',
  method: 'GET',
  path: '/api/v1/objects',
  summary:
    'List ideas, releases, experiments, approvals, rollouts, alerts, incidents and mitigations with their phase, the newest of each kind; releases and mitigations of one application',
  permission: 'view',
  mcp: true,
  query: z.object({
    phase: Phase.optional(),
    kind: ObjectKind.optional(),
    application: Name.optional(),
  }),
  returns: {
    200: z.object({
      items: z.array(PhasedObject),
      /** How many objects each phase has, whichever phase was asked for. */
      phases: z.record(z.string(), z.number().int()),
    }),
  },
})
