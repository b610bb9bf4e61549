/** From what an issuer claims about a person to a role here: decided by settings, pure. */
import { z } from 'zod'
import type { Role } from '../../core/actor.ts'

export type OidcSettings = {
  readonly issuer: string
  readonly clientId: string
  /** Absent for a public client, which PKCE alone protects. */
  readonly clientSecret: { reveal(): string } | undefined
  /** The claim whose values lead to roles, with dots for what lies inside: `groups`, `realm_access.roles`. */
  readonly roleClaim: string
  /** In this order: the first whose value the person has decides. */
  readonly roles: readonly (readonly [value: string, role: Role])[]
  /** For who has none of these values; undefined refuses them. */
  readonly defaultRole: Role | undefined
  /** What the button says. */
  readonly name: string
  readonly scopes: string
}

const Claims = z.looseObject({
  sub: z.string().min(1),
  name: z.string().optional(),
  preferred_username: z.string().optional(),
  email: z.string().optional(),
  email_verified: z.union([z.boolean(), z.enum(['true', 'false'])]).optional(),
})

/** What is taken from a token that was verified. */
export type Claimed = {
  readonly subject: string
  readonly name: string
  /** In lower case, and only when the issuer has verified it. */
  readonly email: string | null
  readonly role: Role | undefined
}

/** Throws a `ZodError` for a token without a subject. */
export function readClaims(
  token: unknown,
  settings: Pick<OidcSettings, 'roleClaim' | 'roles' | 'defaultRole'>,
): Claimed {
  const claims = Claims.parse(token)
  const values = valuesAt(claims, settings.roleClaim)
  const role = settings.roles.find(([value]) => values.includes(value))?.[1] ?? settings.defaultRole
  const isVerified = claims.email_verified === true || claims.email_verified === 'true'
  const email = isVerified && claims.email ? claims.email.trim().toLowerCase() : null
  const name = claims.name?.trim() || claims.preferred_username?.trim() || email || claims.sub
  return { subject: claims.sub, name: name.slice(0, 100), email, role }
}

/** A claim is a text or a list of texts; anything else has no values. */
function valuesAt(claims: Record<string, unknown>, path: string): string[] {
  // Some issuers name claims by address, dots included, so the whole name goes first.
  const found = Object.hasOwn(claims, path)
    ? claims[path]
    : path.split('.').reduce<unknown>((value, key) => {
        if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
        return (value as Record<string, unknown>)[key]
      }, claims)
  if (typeof found === 'string') return [found]
  return Array.isArray(found) ? found.filter((value): value is string => typeof value === 'string') : []
}
