/**
 * Advisories in the form of the OSV schema (ossf.github.io/osv-schema), and whether one is about a version. What is not
 * read here is kept as it came. Pure.
 */
import { z } from 'zod'
import { Instant } from '../../kernel/time.ts'
import { compareSemver, isSemver } from './semver.ts'

const text = (most: number) => z.string().max(most)
const Event = z.looseObject({
  introduced: text(200).optional(),
  fixed: text(200).optional(),
  last_affected: text(200).optional(),
  limit: text(200).optional(),
})
const Severity = z.looseObject({ type: text(50), score: text(500) })

export const Affected = z.looseObject({
  package: z.looseObject({ ecosystem: text(200), name: text(500), purl: text(1000).optional() }).optional(),
  severity: z.array(Severity).nullish(),
  ranges: z.array(z.looseObject({ type: text(50), events: z.array(Event).min(1).max(10_000) })).nullish(),
  versions: z.array(text(200)).max(50_000).nullish(),
})
export type Affected = z.infer<typeof Affected>

/** A time of RFC 3339 with any number of places after the second. */
const time = z
  .string()
  .max(50)
  .refine(
    (value) => /^\d{4}-\d{2}-\d{2}T/.test(value) && Number.isFinite(Date.parse(value)),
    'a time such as 2026-03-01T00:00:00Z',
  )
  .transform((value): Instant => Instant.parse(new Date(value).toISOString()))

export const OsvAdvisory = z.looseObject({
  schema_version: text(50).optional(),
  id: z.string().regex(/^[A-Za-z0-9][\w.:-]{1,199}$/, 'an id such as GHSA-xxxx or CVE-2026-0001'),
  modified: time,
  published: time.optional(),
  withdrawn: time.optional(),
  aliases: z.array(text(200)).max(1000).nullish(),
  summary: text(5000).optional(),
  details: text(500_000).optional(),
  severity: z.array(Severity).nullish(),
  affected: z.array(Affected).max(10_000).nullish(),
  database_specific: z.looseObject({ severity: z.unknown().optional() }).nullish(),
})
export type OsvAdvisory = z.infer<typeof OsvAdvisory>

/** affected: its version is named · possible: nobody can tell by its version · no. */
export type Touch = 'affected' | 'possible' | 'no'

/**
 * By the evaluation of the OSV schema. Commits are no order, so a range of them decides nothing by itself.
 * @param version null when it is not known
 */
export function touchOf({ versions, ranges }: Affected, version: string | null): Touch {
  const named = versions ?? []
  const ordered = (ranges ?? []).filter(({ type }) => type !== 'GIT')
  const hasCommits = (ranges ?? []).some(({ type }) => type === 'GIT')
  // Without versions and ranges the whole package is meant.
  if (named.length === 0 && ordered.length === 0 && !hasCommits) return 'affected'
  if (version === null) return 'possible'
  if (named.includes(version)) return 'affected'
  if (ordered.length === 0) return hasCommits && named.length === 0 ? 'possible' : 'no'
  const touches = ordered.map(({ events }) => withinRange(events, version))
  if (touches.includes('affected')) return 'affected'
  return touches.includes('possible') ? 'possible' : 'no'
}

type RangeEvent = z.infer<typeof Event>

function withinRange(events: readonly RangeEvent[], version: string): Touch {
  const bounds = events.flatMap((event) =>
    (['introduced', 'fixed', 'last_affected'] as const).flatMap((kind) => {
      const at = event[kind]
      return at === undefined ? [] : [{ kind, at }]
    }),
  )
  if (!isSemver(version) || bounds.some(({ at }) => at !== '0' && !isSemver(at))) return 'possible'
  const place = (at: string, other: string) =>
    at === '0' ? (other === '0' ? 0 : -1) : other === '0' ? 1 : compareSemver(at, other)
  let isIn = false
  for (const { kind, at } of bounds.toSorted((one, other) => place(one.at, other.at)))
    if (kind === 'introduced' && place(version, at) >= 0) isIn = true
    else if (kind === 'fixed' && place(version, at) >= 0) isIn = false
    else if (kind === 'last_affected' && place(version, at) > 0) isIn = false
  return isIn ? 'affected' : 'no'
}
