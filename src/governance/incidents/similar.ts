/** Incidents that sound alike, by the words that they share; it knows no meaning. Pure. */
import { wordsOf } from '../words.ts'
import type { Incident } from './incident.ts'

const LEAST = 0.15
const MOST = 3

export function similarTo(incident: Incident, others: readonly Incident[]): { incident: Incident; share: number }[] {
  const own = wordsIn(incident)
  return others
    .filter(({ id }) => id !== incident.id)
    .map((other) => ({ incident: other, share: shareOf(own, wordsIn(other)) }))
    .filter(({ share }) => share >= LEAST)
    .sort((one, other) => other.share - one.share)
    .slice(0, MOST)
}

const wordsIn = ({ title, description, cause }: Incident): Set<string> =>
  new Set(wordsOf(`${title} ${description} ${cause ?? ''}`))

/** Jaccard: shared words among all of both. */
function shareOf(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = [...one].filter((word) => other.has(word)).length
  return shared === 0 ? 0 : shared / (one.size + other.size - shared)
}
