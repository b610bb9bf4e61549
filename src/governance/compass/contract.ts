/** Routes of the compass. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { Persona } from '../../core/next-steps.ts'
import { route } from '../../wire/route.ts'
import { NextThing, Overview, Phase } from './compass.ts'
import { Workload } from './first-task.ts'

export const getOverview = route({
  name: 'getOverview',
  method: 'GET',
  path: '/api/v1/applications/:name/overview',
  summary:
    'See in one view how an application does: satisfaction, total cost, return, alerts and the next three things',
  permission: 'view',
  mcp: true,
  params: z.object({ name: Name }),
  query: z.object({ persona: Persona.default('builder') }),
  returns: { 200: Overview },
})

export const getCompass = route({
  name: 'getCompass',
  method: 'GET',
  path: '/api/v1/compass',
  summary: 'What somebody of a persona does first, the next three things, and every application with its phase',
  permission: 'view',
  mcp: true,
  query: z.object({
    persona: Persona.default('builder'),
    /** Only applications in this phase. */
    phase: Phase.optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(25),
    /** What it is for; the first task follows it, and the checks never do. */
    workload: Workload.optional(),
  }),
  returns: {
    200: z.object({
      persona: Persona,
      first: z.object({ task: z.string(), why: z.string(), href: z.string() }),
      next: z.array(NextThing),
      items: z.array(Overview),
      /** There are more applications than are in view. */
      isCut: z.boolean(),
      /** How many applications each phase has, whatever was asked for. */
      phases: z.record(z.string(), z.number().int()),
    }),
  },
})
