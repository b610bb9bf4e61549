/** From what became of each attack to the figures of a run; pure. */
import { rateOf } from '../probing/index.ts'
import type { AttackResult, Hit, Tally } from './contract.ts'
import type { AttackPack, Category } from './pack.ts'
import type { Attack, Way } from './plan.ts'

export type Outcome = 'held' | 'blocked' | 'hit' | 'unread' | 'error'

/** One attack as it went; small, because a job keeps them all. */
export type Went = {
  readonly at: number
  readonly outcome: Outcome
}

const NOTHING: Tally = { attempts: 0, hits: 0, blocked: 0, unread: 0, errors: 0 }

export function talliesOf(
  went: readonly Went[],
  { attacks, pack }: { attacks: readonly Attack[]; pack: AttackPack },
): Pick<AttackResult, 'categories' | 'techniques' | 'ways'> {
  const categories = new Map<Category, Tally>()
  const techniques = new Map<string, Tally>()
  const ways = new Map<Way, Tally>()
  for (const { at, outcome } of went) {
    const attack = attacks[at]
    if (!attack) continue
    add(categories, attack.category, outcome)
    add(techniques, attack.technique, outcome)
    add(ways, attack.way, outcome)
  }
  return {
    categories: [...categories].map(([category, tally]) => ({ category, ...tally, rate: rateOf(tally) })),
    techniques: pack.techniques
      .flatMap(({ id, title, category }) => {
        const tally = techniques.get(id)
        return tally ? [{ technique: id, title, category, ...tally }] : []
      })
      .sort((one, other) => share(other) - share(one)),
    ways: [...ways].map(([way, tally]) => ({ way, ...tally })),
  }
}

type Counted = Pick<AttackResult, 'categories' | 'ways'>

/** What several runs counted, as one: further attacks are added to those of before and never take their place. */
export function joined(runs: readonly Counted[]): Counted {
  const categories = new Map<Category, Tally>()
  const ways = new Map<Way, Tally>()
  for (const run of runs) {
    for (const one of run.categories) categories.set(one.category, sum(categories.get(one.category), one))
    for (const one of run.ways) ways.set(one.way, sum(ways.get(one.way), one))
  }
  return {
    categories: [...categories].map(([category, tally]) => ({ category, ...tally, rate: rateOf(tally) })),
    ways: [...ways].map(([way, tally]) => ({ way, ...tally })),
  }
}

const sum = (one: Tally = NOTHING, other: Tally): Tally => ({
  attempts: one.attempts + other.attempts,
  hits: one.hits + other.hits,
  blocked: one.blocked + other.blocked,
  unread: one.unread + other.unread,
  errors: one.errors + other.errors,
})

export const hitOf = (attack: Attack, { pack, ...said }: { pack: AttackPack; answer: string; trace: string }): Hit => ({
  ...{ category: attack.category, technique: attack.technique, wrapping: attack.wrapping, way: attack.way },
  title: pack.techniques.find(({ id }) => id === attack.technique)?.title ?? attack.technique,
  asked: (attack.turns.at(-1)?.content ?? '').slice(0, 2000),
  planted: attack.planted?.text.slice(0, 2000) ?? null,
  answer: said.answer.slice(0, 1000),
  trace: said.trace,
})

function add<Key>(to: Map<Key, Tally>, key: Key, outcome: Outcome): void {
  const { attempts, hits, blocked, unread, errors } = to.get(key) ?? NOTHING
  to.set(key, {
    attempts: attempts + (outcome === 'error' || outcome === 'unread' ? 0 : 1),
    hits: hits + (outcome === 'hit' ? 1 : 0),
    blocked: blocked + (outcome === 'blocked' ? 1 : 0),
    unread: unread + (outcome === 'unread' ? 1 : 0),
    errors: errors + (outcome === 'error' ? 1 : 0),
  })
}

const share = ({ hits, attempts }: Tally): number => (attempts === 0 ? 0 : hits / attempts)
