/** The example that plays at the first start: how far it is, and playing it again. */
import { z } from 'zod'
import { route } from '../wire/route.ts'

export const ExampleStatus = z.object({
  /** off: AIRWORTHY_EXAMPLE is 0 and it was never played. */
  state: z.enum(['off', 'queued', 'running', 'succeeded', 'failed', 'cancelled']),
  /** The chapter that it is in, as a sentence. */
  message: z.string(),
  /** What it told so far, line by line. */
  story: z.array(z.string()),
  job: z.string().nullable(),
})
export type ExampleStatus = z.infer<typeof ExampleStatus>

export const getExample = route({
  name: 'getExample',
  method: 'GET',
  path: '/api/v1/example',
  summary: 'How far the example is, and what it told',
  permission: 'view',
  returns: { 200: ExampleStatus },
})

export const resetExample = route({
  name: 'resetExample',
  method: 'POST',
  path: '/api/v1/example/resets',
  summary: 'Play the example again, in new applications beside the old ones',
  permission: 'administer',
  returns: { 202: ExampleStatus },
})
