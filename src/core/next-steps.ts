/**
 * What to do next at a gate: the findings that hold it, grouped by what somebody does about them, with who does it, how
 * long it takes and what it costs. A persona changes the order and never the list.
 */
import { z } from 'zod'
import { MicroUsd, sumMoney } from '../kernel/money.ts'
import type { Check, GateCatalogue, Pillar } from './check.ts'
import { type Finding, type GateDecision, holdsBack, opens, Verdict } from './verdict.ts'

export const Persona = z.enum(['business', 'builder', 'security', 'operations', 'executive', 'auditor'])
export type Persona = z.infer<typeof Persona>

/**
 * mend: it was answered, and the release or the measurement has to become better · answer: a doubt is open · run: the
 * machine answers it · import: a tool's report answers it · write: a document or a statement of a person · waive:
 * nothing here answers it yet · approve: the last word · later: it only warns.
 */
export const Doing = z.enum(['mend', 'answer', 'run', 'import', 'write', 'waive', 'approve', 'later'])
export type Doing = z.infer<typeof Doing>

export const NextStep = z.object({
  check: z.string(),
  title: z.string(),
  verdict: Verdict,
  doing: Doing,
  who: z.string(),
  minutes: z.number(),
  /** Of the producer that answers it, for all that it answers; null when a price is not known. */
  costMicroUsd: MicroUsd.nullable(),
  /** The producer that would run; null when none is there. */
  producer: z.string().nullable(),
  howto: z.string(),
})
export type NextStep = z.infer<typeof NextStep>

export const NextSteps = z.object({
  groups: z.array(
    z.object({
      doing: Doing,
      items: z.array(NextStep),
      minutes: z.number(),
      /** Of each producer once; null when one is not known. */
      costMicroUsd: MicroUsd.nullable(),
    }),
  ),
})
export type NextSteps = z.infer<typeof NextSteps>

type Quoted = {
  readonly name: string
  readonly checks: readonly string[]
  readonly costMicroUsd: MicroUsd | null
  readonly minutes: number
}

export function nextSteps(given: {
  decision: Pick<GateDecision, 'findings'>
  catalogue: Pick<GateCatalogue, 'checks'>
  producers: readonly Quoted[]
  persona?: Persona | undefined
}): NextSteps {
  const { decision, catalogue, producers, persona } = given
  const byId = new Map(catalogue.checks.map((check) => [check.id, check]))
  const steps = decision.findings
    .filter(({ verdict }) => !opens(verdict))
    .map((finding) => stepOf(finding, byId.get(finding.check), producers))
  const first = persona ? FIRST[persona] : undefined
  const pillarOf = new Map(decision.findings.map(({ check, pillar }) => [check, pillar]))
  const rank = ({ check }: NextStep) => {
    const pillar = pillarOf.get(check)
    const at = pillar && first ? first.pillars.indexOf(pillar) : -1
    return at < 0 ? (first?.pillars.length ?? 0) : at
  }
  const order = first?.doing ?? Doing.options
  const groups = [...order, ...Doing.options.filter((doing) => !order.includes(doing))].flatMap((doing) => {
    const items = steps.filter((step) => step.doing === doing)
    if (items.length === 0) return []
    items.sort((a, b) => rank(a) - rank(b))
    return [{ doing, items, ...totalOf(items, producers) }]
  })
  return { groups }
}

/** Where each kind of visitor begins to read. */
const FIRST: Record<Persona, { doing: Doing[]; pillars: Pillar[] }> = {
  business: { doing: ['write', 'approve'], pillars: ['business', 'people', 'responsible'] },
  builder: { doing: ['run', 'mend', 'import'], pillars: ['development', 'data'] },
  security: { doing: ['answer', 'mend', 'import'], pillars: ['security', 'responsible', 'data'] },
  operations: { doing: ['run', 'write'], pillars: ['operations', 'development'] },
  executive: { doing: ['approve', 'write'], pillars: ['business', 'security', 'responsible'] },
  auditor: { doing: ['answer', 'approve', 'later'], pillars: ['security', 'responsible', 'business'] },
}

function stepOf(finding: Finding, check: Check | undefined, producers: readonly Quoted[]): NextStep {
  const producer = producers.find(({ checks }) => checks.includes(finding.check))
  return {
    check: finding.check,
    title: finding.title,
    verdict: finding.verdict,
    doing: doingOf(finding, check, producer !== undefined),
    who: check?.signs ?? finding.effort.who,
    minutes: producer?.minutes ?? finding.effort.minutes,
    costMicroUsd: producer ? producer.costMicroUsd : ('0' as MicroUsd),
    producer: producer?.name ?? null,
    howto: check?.howto ?? finding.wouldPassIf.join(' '),
  }
}

function doingOf(finding: Finding, check: Check | undefined, hasProducer: boolean): Doing {
  if (!holdsBack(finding)) return 'later'
  if (finding.why[0]?.startsWith('Its evidence is in doubt')) return 'answer'
  if (check?.boundTo.includes('gate')) return 'approve'
  if (finding.verdict === 'FAIL') return check?.minimumTrust === 'attested' ? 'write' : 'mend'
  if (check?.minimumTrust === 'attested') return 'write'
  if (hasProducer) return 'run'
  if (finding.verdict === 'INCONCLUSIVE') return 'mend'
  return (check?.imports.length ?? 0) > 0 ? 'import' : 'waive'
}

function totalOf(items: readonly NextStep[], producers: readonly Quoted[]) {
  const used = producers.filter(({ name }) => items.some(({ producer }) => producer === name))
  const known = used.flatMap(({ costMicroUsd }) => costMicroUsd ?? [])
  const alone = items.filter(({ producer }) => producer === null)
  return {
    minutes: [...used, ...alone].reduce((sum, { minutes }) => sum + minutes, 0),
    costMicroUsd: known.length < used.length ? null : sumMoney(known),
  }
}
