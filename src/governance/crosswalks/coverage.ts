/** Which controls of a framework have evidence in one application. Pure. It says where evidence is, never that a control is met. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { Verdict } from '../../core/verdict.ts'
import { Instant } from '../../kernel/time.ts'
import { Control, Crosswalk, controlOf } from './crosswalk.ts'

/**
 * evidence: each check that is asked has passed · partly: some have · open: none has · not-asked: no check that serves
 * it is asked of this application · no-check: the product has none for it, so people have to look elsewhere.
 */
export const Covered = z.enum(['evidence', 'partly', 'open', 'not-asked', 'no-check'])
export type Covered = z.infer<typeof Covered>

export const CoveredControl = Control.pick({ id: true, group: true, says: true }).extend({
  state: Covered,
  checks: z.array(z.object({ check: z.string(), verdict: Verdict.nullable() })),
})

const Count = z.number().int()

export const Coverage = Crosswalk.pick({
  framework: true,
  title: true,
  edition: true,
  version: true,
  asOf: true,
  note: true,
  source: true,
}).extend({
  /** How many controls are in each state. */
  counts: z.object({ evidence: Count, partly: Count, open: Count, 'not-asked': Count, 'no-check': Count }),
  controls: z.array(CoveredControl),
})
export type Coverage = z.infer<typeof Coverage>

export const CoverageView = z.object({
  application: Name,
  at: Instant,
  caution: z.string(),
  frameworks: z.array(Coverage),
})
export type CoverageView = z.infer<typeof CoverageView>

type NamedCheck = { readonly id: string; readonly standards: readonly string[] }

/** The checks that serve each control, in the order of the catalogue. */
export function checksOf(crosswalk: Crosswalk, checks: readonly NamedCheck[]): Map<string, string[]> {
  const serving = new Map(crosswalk.controls.map(({ id }) => [id, [] as string[]]))
  for (const { id, standards } of checks) {
    const named = standards.flatMap((reference) => controlOf(crosswalk, reference) ?? [])
    const said = crosswalk.controls.filter((control) => control.checks.includes(id)).map((control) => control.id)
    for (const control of new Set([...named, ...said])) serving.get(control)?.push(id)
  }
  return serving
}

export function coverageOf(
  crosswalk: Crosswalk,
  { checks, verdicts }: { checks: readonly NamedCheck[]; verdicts: ReadonlyMap<string, Verdict> },
): Coverage {
  const { framework, title, edition, version, asOf, note, source } = crosswalk
  const serving = checksOf(crosswalk, checks)
  const controls = crosswalk.controls.map(({ id, group, says }) => {
    const served = (serving.get(id) ?? []).map((check) => ({ check, verdict: verdicts.get(check) ?? null }))
    return { id, group, says, state: stateOf(served.map(({ verdict }) => verdict)), checks: served }
  })
  const count = (state: Covered) => controls.filter((one) => one.state === state).length
  const counts = {
    evidence: count('evidence'),
    partly: count('partly'),
    open: count('open'),
    'not-asked': count('not-asked'),
    'no-check': count('no-check'),
  }
  return { framework, title, edition, version, asOf, note, source, counts, controls }
}

/** A waiver is permission to go on, and no evidence. */
function stateOf(verdicts: readonly (Verdict | null)[]): Covered {
  if (verdicts.length === 0) return 'no-check'
  const asked = verdicts.filter((verdict) => verdict !== 'NOT_APPLICABLE')
  if (asked.length === 0) return 'not-asked'
  const passed = asked.filter((verdict) => verdict === 'PASS').length
  return passed === asked.length ? 'evidence' : passed > 0 ? 'partly' : 'open'
}
