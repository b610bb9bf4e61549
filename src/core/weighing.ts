/** How one piece of evidence is held against what a check asks, in figures and in words. */
import type { Applicability } from './applicability.ts'
import type { Check, Requirement } from './check.ts'
import type { Evidence, Fact } from './evidence.ts'
import type { Verdict } from './verdict.ts'

export type Weighed = { readonly verdict: Verdict; readonly why: string[]; readonly wouldPassIf: string[] }

/**
 * What a check asks of an application: the stricter of the general figure and that of its tier, without what its traits
 * make senseless.
 */
export const requiredIn = (
  check: Check,
  { tier, traits }: Pick<Applicability, 'tier' | 'traits'>,
): readonly Requirement[] =>
  check.requires.flatMap((requirement) => {
    if (requirement.unless && traits.includes(requirement.unless)) return []
    const more = requirement.forTier?.[tier]
    if (!more) return [requirement]
    return [
      {
        ...requirement,
        ...(more.atLeast !== undefined && { atLeast: Math.max(more.atLeast, requirement.atLeast ?? more.atLeast) }),
        ...(more.atMost !== undefined && { atMost: Math.min(more.atMost, requirement.atMost ?? more.atMost) }),
      },
    ]
  })

/** The verdict of `compare` alone. */
export function weighed(requires: readonly Requirement[], { facts }: Pick<Evidence, 'facts'>): Verdict {
  let isFailed = false
  for (const requirement of requires) {
    const fact = facts[requirement.fact]
    if (holds(requirement, fact)) continue
    // What was measured without being able to decide outweighs what it seems to say.
    if (requirement.otherwise === 'INCONCLUSIVE' || isUnknown(fact, requirement.bound)) return 'INCONCLUSIVE'
    isFailed = true
  }
  return isFailed ? 'FAIL' : 'PASS'
}

export function compare(requires: readonly Requirement[], evidence: Evidence): Weighed {
  const verdict = weighed(requires, evidence)
  if (verdict === 'PASS') return { verdict, why: [evidence.summary], wouldPassIf: [] }
  const failed = requires.filter((requirement) => !holds(requirement, evidence.facts[requirement.fact]))
  return {
    verdict,
    why: [
      evidence.summary,
      ...failed.map(
        (requirement) =>
          `${sentence(requirement.label)}: ${shown(requirement, evidence.facts[requirement.fact])}, needed ${wanted(requirement)}.`,
      ),
    ],
    wouldPassIf: failed.map((requirement) => `${requirement.label}: ${wanted(requirement)}`),
  }
}

/** A figure that is not there, or has no interval where its end is asked for. */
const isUnknown = (fact: Fact | undefined, bound: Requirement['bound']): boolean =>
  fact === undefined || fact.value === null || (bound !== 'value' && fact.interval === undefined)

function holds(requirement: Requirement, fact: Fact | undefined): boolean {
  if (!fact || fact.value === null) return false
  if (requirement.equals !== undefined) return fact.value === requirement.equals
  const value = compared(requirement, fact)
  if (typeof value !== 'number' || Number.isNaN(value)) return false
  if (requirement.atLeast !== undefined && value < requirement.atLeast) return false
  if (requirement.atMost !== undefined && value > requirement.atMost) return false
  return requirement.above === undefined || value > requirement.above
}

const compared = ({ bound }: Requirement, fact: Fact): unknown =>
  bound === 'value' ? fact.value : fact.interval?.[bound]

function shown(requirement: Requirement, fact: Fact | undefined): string {
  if (!fact || fact.value === null) return 'not known'
  const value = compared(requirement, fact)
  if (value === undefined) return 'known without its interval'
  const text = typeof value === 'number' ? String(Math.round(value * 10_000) / 10_000) : inWords(value)
  return fact.n === undefined ? text : `${text} (n ${fact.n})`
}

const inWords = (value: unknown): string => (value === true ? 'yes' : value === false ? 'no' : String(value))

function wanted({ atLeast, atMost, above, equals }: Requirement): string {
  if (equals !== undefined) return inWords(equals)
  if (above !== undefined) return `above ${above}`
  if (atLeast !== undefined && atMost !== undefined) return `from ${atLeast} to ${atMost}`
  return atLeast !== undefined ? `at least ${atLeast}` : `at most ${atMost}`
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
