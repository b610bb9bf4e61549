/** Route of the disclosure: what a page or an app has to show to the people who use an application. */
import { z } from 'zod'
import { Disclosure } from '../../core/disclosure.ts'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { Stage } from '../../core/stage.ts'
import { route } from '../../wire/route.ts'

export const ServedDisclosure = z.object({
  application: Name,
  /** As the blueprint says it now; null when it says none. */
  declared: Disclosure.nullable(),
  /** As each live release says it: this is what the gateway sends as `airworthy-disclosure`. */
  live: z.array(
    z.object({ stage: Stage, release: ReleaseId, disclosure: Disclosure.nullable(), isAsDeclared: z.boolean() }),
  ),
})
export type ServedDisclosure = z.infer<typeof ServedDisclosure>

export const getDisclosure = route({
  name: 'getDisclosure',
  method: 'GET',
  path: '/api/v1/applications/:name/disclosure',
  summary: 'Read what people have to be told before they use an application, and how what it makes is marked',
  permission: 'infer',
  mcp: true,
  params: z.object({ name: Name }),
  returns: { 200: ServedDisclosure },
})
