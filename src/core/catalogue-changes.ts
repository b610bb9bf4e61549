/** What changed between two versions of the catalogue, check by check. */
import { z } from 'zod'
import { canonicalJson } from '../kernel/digest.ts'
import type { Check, GateCatalogue } from './check.ts'

export const CatalogueChange = z.object({
  check: z.string(),
  change: z.enum(['added', 'removed', 'stricter-or-other', 'words']),
  /** Fields that differ. */
  fields: z.array(z.string()),
})
export type CatalogueChange = z.infer<typeof CatalogueChange>

type Checks = Pick<GateCatalogue, 'checks' | 'gates' | 'standing'>

export function catalogueChanges(before: Checks, after: Checks): CatalogueChange[] {
  const was = new Map(before.checks.map((check) => [check.id, check]))
  const now = new Map(after.checks.map((check) => [check.id, check]))
  return [...new Set([...was.keys(), ...now.keys()])].flatMap((check): CatalogueChange[] => {
    const [old, fresh] = [was.get(check), now.get(check)]
    if (!old) return [{ check, change: 'added', fields: [] }]
    if (!fresh) return [{ check, change: 'removed', fields: [] }]
    const fields = FIELDS.filter((field) => canonicalJson(old[field] ?? null) !== canonicalJson(fresh[field] ?? null))
    const asked = [before, after].map(({ gates }) => gates.find(({ checks }) => checks.includes(check))?.into ?? null)
    const all = asked[0] === asked[1] ? fields : [...fields, 'stage']
    if (all.length === 0) return []
    return [{ check, change: all.every((field) => WORDS.includes(field)) ? 'words' : 'stricter-or-other', fields: all }]
  })
}

const FIELDS = [
  'title',
  'pillar',
  'tier',
  'rationale',
  'howto',
  'standards',
  'requires',
  'minimumTrust',
  'maxAgeDays',
  'boundTo',
  'signs',
  'mode',
  'notApplicableWhen',
  'enforcement',
] as const satisfies readonly (keyof Check)[]
const WORDS: readonly string[] = ['title', 'rationale', 'howto', 'standards']
