/** Routes of the change: how many of those who were told use it, week by week. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { route } from '../../wire/route.ts'

export const Adoption = z.object({
  /** From when it is counted; null where change.yaml names no day, and then the last twelve weeks are. */
  liveOn: z.iso.date().nullable(),
  /** People in all audiences; null where no audience says how many it has. */
  people: z.number().int().nullable(),
  goal: z.number().nullable(),
  weeks: z.array(
    z.object({
      /** The Monday that it begins with. */
      from: z.iso.date(),
      users: z.number().int(),
      requests: z.number().int(),
      /** Of the people in all audiences; null where nobody knows how many those are. */
      share: z.number().nullable(),
    }),
  ),
  /** Best week against the goal; null where one of the two is not known. */
  isReached: z.boolean().nullable(),
})
export type Adoption = z.infer<typeof Adoption>

export const getAdoption = route({
  name: 'getAdoption',
  method: 'GET',
  path: '/api/v1/applications/:name/adoption',
  summary: 'How many people use an application each week, beside those who were told of it; measured from requests',
  permission: 'view',
  mcp: true,
  params: z.object({ name: Name }),
  returns: { 200: Adoption },
})
