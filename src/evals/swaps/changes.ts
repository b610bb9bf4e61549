/** What of a release was swapped, which suites ask about it, and what they say together. Pure. */
import type { Manifest } from '../../core/manifest.ts'
import type { ComparisonVerdict } from '../results.ts'
import type { ModelSwap, Probe } from './contract.ts'

type Parts = Pick<Manifest, 'models' | 'prompts'>

export function changesOf(before: Parts, now: Parts): Pick<ModelSwap, 'models' | 'prompts'> {
  const names = new Set([...before.models, ...now.models].map(({ name }) => name))
  const usedIn = ({ models }: Parts, name: string) => {
    const found = models.find((one) => one.name === name)
    return found ? { model: found.model, parameters: found.parameters, digest: found.digest } : null
  }
  const words = new Map(before.prompts.map(({ name, digest }) => [name, digest]))
  return {
    models: [...names].flatMap((name) => {
      const [then, later] = [usedIn(before, name), usedIn(now, name)]
      return then?.digest === later?.digest ? [] : [{ name, before: shown(then), now: shown(later) }]
    }),
    prompts: now.prompts.flatMap(({ name, digest }) => (words.has(name) && words.get(name) !== digest ? [name] : [])),
  }
}

const shown = (used: { model: string; parameters: Record<string, unknown> } | null) =>
  used && { model: used.model, parameters: used.parameters }

/** A set of one's own, else every suite: what an application is asked anyway is the best that is known of it. */
export function probeSuites({ suites }: Pick<Manifest, 'suites'>): Pick<ModelSwap, 'set'> & { suites: string[] } {
  const own = suites.filter(({ probe }) => probe === true)
  return own.length > 0
    ? { set: 'own', suites: own.map(({ name }) => name) }
    : { set: 'default', suites: suites.map(({ name }) => name) }
}

const FROM_WORST: readonly ComparisonVerdict[] = ['worse', 'undecided', 'equivalent', 'better']

/** The least good: one probe that is worse makes the swap worse, and what is not measured is never good. */
export function verdictOf(probes: readonly Pick<Probe, 'state' | 'comparison'>[]): ModelSwap['verdict'] {
  if (probes.length === 0) return 'none'
  const said = probes.map(({ state, comparison }) => (state === 'measured' ? (comparison?.verdict ?? null) : null))
  if (said.includes('worse')) return 'worse'
  if (said.includes(null)) return 'open'
  return FROM_WORST.find((verdict) => said.includes(verdict)) ?? 'open'
}
