/** Names that share one namespace: applications, routes and providers. */
import { z } from 'zod'

export const Name = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    'a name has 1 to 63 lower-case letters, digits and hyphens, and neither begins nor ends with a hyphen',
  )
  // The one word of this form that every object answers to already; names are keys of objects in many places.
  .refine((name) => name !== 'constructor', 'constructor is no name; choose another one')
export type Name = z.infer<typeof Name>
