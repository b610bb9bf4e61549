/**
 * What was declared of regions and encryption, held against what can be reached: the addresses that a release asks, and
 * the database that keeps traces (S1.5a). Pure.
 *
 * Invariant: what cannot be seen from here is told as that, and never counts as agreeing.
 */
import { z } from 'zod'
import { Profile } from '../../core/blueprint/schema.ts'
import { isWithin, regionOfHost, regionOfModel } from '../../core/cloud-region.ts'
import { isFilled } from './fields.ts'

/** What is there, as far as a program sees it. */
export type Reached = {
  readonly database: {
    readonly kind: 'embedded' | 'postgres'
    readonly version: string
    /** Null where nothing leaves the process. */
    readonly isEncrypted: boolean | null
    /** Null where it is this process, or this machine. */
    readonly host: string | null
  }
  /** Every address to which a release sends what users write; this machine is none. */
  readonly endpoints: readonly { readonly provider: string; readonly model: string; readonly url: string }[]
}

/** What is declared of a store, as far as it can be held against something. */
type Declared = {
  readonly name: string
  readonly keptBy: 'airworthy' | 'others'
  readonly provider?: string | null | undefined
  readonly region?: string | null | undefined
}

export const ReachedFinding = z.object({
  /** The database, a provider or the target. */
  of: z.string(),
  state: z.enum(['agrees', 'differs', 'not-reachable']),
  says: z.string(),
})
export type ReachedFinding = z.infer<typeof ReachedFinding>

export function holdAgainst(
  { database, endpoints }: Reached,
  { stores, documents }: { stores: readonly Declared[]; documents: Readonly<Record<string, unknown>> | undefined },
): ReachedFinding[] {
  const profile = Profile.partial().safeParse(documents?.profile ?? {}).data ?? {}
  const said = {
    residency: profile.residency ?? [],
    holdsPeople: profile.personalData === 'contact' || profile.personalData === 'sensitive',
  }
  return [
    ...endpoints.flatMap((one) =>
      ofEndpoint(
        one,
        stores.filter(({ provider }) => provider === one.provider),
        said,
      ),
    ),
    ...ofDatabase(
      database,
      stores.filter(({ keptBy }) => keptBy === 'airworthy'),
      said,
    ),
  ]
}

type Said = { readonly residency: readonly string[]; readonly holdsPeople: boolean }

function ofEndpoint(
  { provider, model, url }: Reached['endpoints'][number],
  declared: readonly Declared[],
  { residency, holdsPeople }: Said,
): ReachedFinding[] {
  const { hostname: host, protocol } = new URL(url)
  const region = regionOfModel(model) ?? regionOfHost(host)
  const of = provider === model ? provider : `${provider}/${model}`
  return [
    ...regionsOf({ of, region, host, places: placesOf(declared, residency) }),
    ...(protocol === 'http:'
      ? [
          {
            of,
            state: holdsPeople ? ('differs' as const) : ('agrees' as const),
            says: `${host} is asked over http, not encrypted${holdsPeople ? ', and personal data goes there' : '; no personal data goes there'}.`,
          },
        ]
      : []),
  ]
}

function ofDatabase(
  { kind, version, isEncrypted, host }: Reached['database'],
  declared: readonly Declared[],
  { residency, holdsPeople }: Said,
): ReachedFinding[] {
  const of = kind === 'embedded' ? 'the embedded database' : 'PostgreSQL'
  const files = `${of.replace(/^t/, 'T')} ${version} does not say whether its files are encrypted on disk: not reachable from here, so what is declared stands.`
  const isInTheClear = isEncrypted === false && host !== null
  return [
    ...(host === null
      ? []
      : regionsOf({ of, region: regionOfHost(host), host, places: placesOf(declared, residency) })),
    ...(kind === 'postgres' && host !== null
      ? [
          {
            of,
            state: isInTheClear && holdsPeople ? ('differs' as const) : ('agrees' as const),
            says: isInTheClear
              ? `The connection to ${host} is not encrypted${holdsPeople ? ', and traces hold personal data' : ''}. Add sslmode=verify-full to its address.`
              : `The connection to ${host} is encrypted.`,
          },
        ]
      : []),
    { of, state: 'not-reachable', says: files },
  ]
}

type Place = { readonly region: string; readonly by: string }

const placesOf = (declared: readonly Declared[], residency: readonly string[]): Place[][] => [
  ...declared.flatMap(({ name, region }) =>
    isFilled(region) ? [[{ region: String(region), by: `the store ${name}` }]] : [],
  ),
  ...(residency.length > 0 ? [residency.map((region) => ({ region, by: 'the profile' }))] : []),
]

/** @param places of each declaration the regions that it names; one of them has to hold what was found */
function regionsOf(given: {
  readonly of: string
  readonly region: string | null
  readonly host: string
  readonly places: readonly Place[][]
}): ReachedFinding[] {
  const { of, region, host, places } = given
  if (region === null)
    return [{ of, state: 'not-reachable', says: `${host} names no region: where it answers, its provider has to say.` }]
  return places.map((allowed) => {
    const names = allowed.map((place) => place.region).join(', ')
    const isIn = allowed.some((place) => isWithin(region, place.region))
    return {
      of,
      state: isIn ? 'agrees' : 'differs',
      says: isIn
        ? `${host} is in ${region}, as ${allowed[0]?.by} says (${names}).`
        : `${host} is in ${region}, and ${allowed[0]?.by} says ${names}.`,
    }
  })
}
