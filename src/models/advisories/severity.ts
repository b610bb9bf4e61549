/** How bad an advisory is: by its own word, else by the base score of CVSS 3 that its vector gives. */
import { z } from 'zod'
import type { Affected, OsvAdvisory } from './osv.ts'

/** unrated: nobody says, or only by a way of rating that is not read here. */
export const Severity = z.enum(['critical', 'high', 'medium', 'low', 'none', 'unrated'])
export type Severity = z.infer<typeof Severity>

/** The worst of what is said. */
export function severityOf(advisory: OsvAdvisory, affected?: Affected): Severity {
  const word = String(advisory.database_specific?.severity ?? '').toLowerCase()
  const said = [
    ...(WORDS[word] ? [WORDS[word]] : []),
    ...[...(advisory.severity ?? []), ...(affected?.severity ?? [])].flatMap(({ type, score }) => {
      const base = type === 'CVSS_V3' ? baseScore(score) : undefined
      return base === undefined ? [] : [bandOf(base)]
    }),
  ]
  return Severity.options.find((one) => said.includes(one)) ?? 'unrated'
}

const WORDS: Readonly<Record<string, Severity>> = {
  critical: 'critical',
  high: 'high',
  important: 'high',
  moderate: 'medium',
  medium: 'medium',
  low: 'low',
}

const bandOf = (score: number): Severity =>
  score >= 9 ? 'critical' : score >= 7 ? 'high' : score >= 4 ? 'medium' : score > 0 ? 'low' : 'none'

const WEIGHTS = {
  AV: { N: 0.85, A: 0.62, L: 0.55, P: 0.2 },
  AC: { L: 0.77, H: 0.44 },
  UI: { N: 0.85, R: 0.62 },
  C: { H: 0.56, L: 0.22, N: 0 },
  I: { H: 0.56, L: 0.22, N: 0 },
  A: { H: 0.56, L: 0.22, N: 0 },
} as const
const PRIVILEGES = {
  U: { N: 0.85, L: 0.62, H: 0.27 },
  C: { N: 0.85, L: 0.68, H: 0.5 },
} as const

/** Base score of a vector of CVSS 3.0 or 3.1, as its specification computes it; undefined when it is none. */
export function baseScore(vector: string): number | undefined {
  const [head, ...parts] = vector.trim().split('/')
  if (head !== 'CVSS:3.0' && head !== 'CVSS:3.1') return undefined
  const said = new Map(parts.map((part) => part.split(':') as [string, string | undefined]))
  const weigh = (name: keyof typeof WEIGHTS): number | undefined => {
    const table: Readonly<Record<string, number>> = WEIGHTS[name]
    return table[said.get(name) ?? '']
  }
  const scope = said.get('S')
  if (scope !== 'U' && scope !== 'C') return undefined
  const privileges: Readonly<Record<string, number>> = PRIVILEGES[scope]
  const values = [
    weigh('AV'),
    weigh('AC'),
    privileges[said.get('PR') ?? ''],
    weigh('UI'),
    weigh('C'),
    weigh('I'),
    weigh('A'),
  ]
  if (values.some((value) => value === undefined)) return undefined
  const [av, ac, pr, ui, c, i, a] = values as [number, number, number, number, number, number, number]
  const lost = 1 - (1 - c) * (1 - i) * (1 - a)
  const impact = scope === 'U' ? 6.42 * lost : 7.52 * (lost - 0.029) - 3.25 * (lost - 0.02) ** 15
  if (impact <= 0) return 0
  const exploitability = 8.22 * av * ac * pr * ui
  return roundUp(Math.min(scope === 'U' ? impact + exploitability : 1.08 * (impact + exploitability), 10))
}

/** To the next tenth, without the noise of binary fractions. */
function roundUp(value: number): number {
  const whole = Math.round(value * 100_000)
  return whole % 10_000 === 0 ? whole / 100_000 : (Math.floor(whole / 10_000) + 1) / 10
}
