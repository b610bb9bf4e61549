/**
 * An application's own additions to the gates. An overlay may add checks and tighten thresholds; what
 * would loosen one is refused, because loosening is a waiver with an end and a second person.
 */
import { z } from 'zod'
import type { Problem } from '../kernel/failure.ts'
import { type Check, type Gate, type GateCatalogue, type Requirement, Tighter } from './check.ts'
import { STAGES, Stage } from './stage.ts'

export const Overlay = z.partialRecord(
  Stage,
  z.strictObject({ add: z.array(z.string()).default([]), tighten: z.record(z.string(), Tighter).default({}) }),
)
export type Overlay = z.infer<typeof Overlay>

/** The gate into a stage; undefined when the catalogue has none. Problems name what the overlay may not do. */
export function gateInto(
  catalogue: GateCatalogue,
  into: Stage,
  overlay: Overlay,
): { gate: Gate | undefined; problems: Problem[] } {
  const listed = catalogue.gates.find((gate) => gate.into === into)
  if (!listed) return { gate: undefined, problems: [] }
  const { add = [], tighten = {} } = overlay[into] ?? {}
  const problems: Problem[] = []
  const byId = new Map(catalogue.checks.map((check) => [check.id, check]))
  for (const id of [...add, ...Object.keys(tighten)])
    if (!byId.has(id))
      problems.push({
        field: `gates.${into}`,
        message: `There is no check ${id} in ${catalogue.name}.`,
        remedy: `Choose one of ${[...byId.keys()].join(', ')}.`,
      })
  const before = new Set(
    catalogue.gates.filter((gate) => STAGES.indexOf(gate.into) < STAGES.indexOf(into)).flatMap((gate) => gate.checks),
  )
  for (const id of Object.keys(tighten))
    if (byId.has(id) && ![...listed.checks, ...add].includes(id) && !before.has(id))
      problems.push({
        field: `gates.${into}.tighten.${id}`,
        message: `The gate into ${into} does not ask for ${id}.`,
        remedy: `Add it under \`add\`, or tighten it at the stage that asks for it.`,
      })
  // Checks of the stages before are here when this stage asks more of them.
  const more = [...Object.keys(listed.tighten), ...Object.keys(tighten).filter((id) => before.has(id))]
  const ids = [...new Set([...listed.checks, ...more, ...add])]
  const checks = ids.flatMap((id) => {
    const check = byId.get(id)
    if (!check) return []
    // What an application adds by name it is asked, however small its tier.
    const asked = add.includes(id) ? { ...check, tier: 'A' as const } : check
    const ofStage = tightened({ check: asked, rules: listed.tighten[id], into, problems })
    return [tightened({ check: ofStage, rules: tighten[id], basis: 'overlay', into, problems })]
  })
  const { name, version, graceDays } = catalogue
  return { gate: { into, checks, catalogue: { name, version }, graceDays }, problems }
}

function tightened({
  check,
  rules,
  basis,
  into,
  problems,
}: {
  check: Check
  rules: z.infer<typeof Tighter> | undefined
  basis?: Requirement['basis']
  into: Stage
  problems: Problem[]
}): Check {
  if (!rules) return check
  const refuse = (fact: string, found: unknown, limit: unknown) =>
    problems.push({
      field: `gates.${into}.tighten.${check.id}.${fact}`,
      message: `${found} would loosen the check, which asks for ${limit}.`,
      remedy: 'Choose a stricter value, or ask for a waiver.',
    })
  const requires = check.requires.map((requirement): Requirement => {
    const rule = rules.facts[requirement.fact]
    if (!rule) return requirement
    const { atLeast, atMost } = requirement
    if (rule.atLeast !== undefined && atLeast !== undefined && rule.atLeast < atLeast)
      refuse(requirement.fact, rule.atLeast, `at least ${atLeast}`)
    if (rule.atMost !== undefined && atMost !== undefined && rule.atMost > atMost)
      refuse(requirement.fact, rule.atMost, `at most ${atMost}`)
    const isTighter =
      (rule.atLeast ?? -Infinity) > (atLeast ?? -Infinity) || (rule.atMost ?? Infinity) < (atMost ?? Infinity)
    return {
      ...requirement,
      ...(basis && isTighter && { basis }),
      ...(rule.atLeast !== undefined && { atLeast: Math.max(rule.atLeast, atLeast ?? rule.atLeast) }),
      ...(rule.atMost !== undefined && { atMost: Math.min(rule.atMost, atMost ?? rule.atMost) }),
    }
  })
  for (const fact of Object.keys(rules.facts))
    if (!check.requires.some((requirement) => requirement.fact === fact))
      refuse(fact, 'a threshold on an unknown fact', check.requires.map((r) => r.fact).join(', '))
  if (rules.maxAgeDays !== undefined && check.maxAgeDays !== null && rules.maxAgeDays > check.maxAgeDays)
    refuse('maxAgeDays', rules.maxAgeDays, check.maxAgeDays)
  return {
    ...check,
    requires,
    maxAgeDays:
      rules.maxAgeDays === undefined
        ? check.maxAgeDays
        : Math.min(rules.maxAgeDays, check.maxAgeDays ?? rules.maxAgeDays),
  }
}
