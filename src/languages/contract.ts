/** Routes of languages. */
import { z } from 'zod'
import { route } from '../wire/route.ts'

export const Spoken = z.object({
  /** What the caller is spoken to in. */
  language: z.string(),
  /** What the caller chose; null where it follows the browser, and for who is not signed in. */
  own: z.string().nullable(),
  /** All that there are, each by its own name. */
  languages: z.array(z.object({ language: z.string(), name: z.string() })),
})
export type Spoken = z.infer<typeof Spoken>

export const getLanguage = route({
  name: 'getLanguage',
  method: 'GET',
  path: '/api/v1/language',
  summary: 'Read in which language the caller is spoken to, and which there are',
  permission: 'open',
  returns: { 200: Spoken },
})

export const setLanguage = route({
  name: 'setLanguage',
  method: 'PUT',
  path: '/api/v1/language',
  summary: 'Choose the language in which pages and plans speak to the caller; null follows the browser',
  permission: 'view',
  body: z.strictObject({ language: z.string().max(3).nullable() }),
  example: { language: 'de' },
  returns: { 200: Spoken },
})
