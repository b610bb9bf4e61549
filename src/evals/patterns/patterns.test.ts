/** Usage patterns: what is found when something changed, and how often when nothing did. */
import { expect, test } from 'vitest'
import { seededRandom } from '../../kernel/random.ts'
import { type Asked, patternsOf } from './patterns.ts'

const TOPICS = ['refund my order', 'where is my parcel', 'change the delivery address', 'cancel my subscription']

/** Requests of users who each ask one to four times about one topic. */
function traffic(
  random: () => number,
  { users, topic, more = {} }: { users: number; topic: () => number; more?: Partial<Asked> },
): Asked[] {
  return Array.from({ length: users }, (_, user) => {
    const words = TOPICS[topic()] ?? ''
    return Array.from({ length: 1 + Math.floor(random() * 4) }, () => ({
      ...{ question: words, unit: `u${user}`, failed: random() < 0.05, abstained: random() < 0.1, helpful: null },
      ...{ stage: 'pilot', feature: random() < 0.5 ? 'chat' : 'mail', team: null },
      ...more,
    }))
  }).flat()
}

test('a topic that grows is found, with its words, and the whole has drifted', () => {
  const random = seededRandom(4)
  const before = traffic(random, { users: 150, topic: () => Math.floor(random() * 4) })
  const now = traffic(random, { users: 150, topic: () => (random() < 0.5 ? 0 : Math.floor(random() * 4)) })
  const { figures, drift, lacking } = patternsOf({ now, before })
  expect(lacking).toEqual({ requests: 0, users: 0 })
  expect(drift.change).toBe('changed')
  const grown = figures.filter(({ change }) => change === 'more')
  expect(grown.map(({ kind, name }) => [kind, name.split(' ').toSorted().join(' ')])).toEqual([
    ['intent', 'order refund'],
  ])
  expect(grown[0]?.now.interval?.low).toBeGreaterThan(grown[0]?.before.interval?.high ?? 1)
  const intents = figures.filter(({ kind }) => kind === 'intent')
  expect(intents.reduce((sum, { now: { count } }) => sum + count, 0)).toBe(now.length)
})

test('what fails or helps less is found too, of those that it can be said of', () => {
  const random = seededRandom(5)
  const topic = () => Math.floor(random() * 4)
  const rated = (helpful: number) => (one: Asked) => ({ ...one, helpful: random() < 0.5 ? random() < helpful : null })
  const before = traffic(random, { users: 200, topic }).map(rated(0.9))
  const now = traffic(random, { users: 200, topic }).map(rated(0.5))
  const helpful = patternsOf({ now, before }).figures.find(({ name }) => name === 'helpful')
  expect(helpful).toMatchObject({ kind: 'outcome', change: 'less' })
  expect(helpful?.now.n).toBeLessThan(now.length)
})

test('where nothing changed, something is said to have in at most one of twenty, though users repeat themselves', () => {
  const random = seededRandom(6)
  const topic = () => Math.floor(random() * 4)
  const runs = 60
  const alarms = Array.from({ length: runs }, () => {
    const [now, before] = [traffic(random, { users: 30, topic }), traffic(random, { users: 30, topic })]
    const { figures, drift } = patternsOf({ now, before })
    return drift.change === 'changed' || figures.some(({ change }) => change === 'more' || change === 'less')
  })
  // 3 are expected of 60 at most; more than 7 come by chance in one of a hundred runs.
  expect(alarms.filter(Boolean).length).toBeLessThanOrEqual(7)
})

test('with too few requests or users nothing is said of a change, and what is lacking is', () => {
  const random = seededRandom(7)
  const one = { question: 'a question', unit: 'u', failed: false, abstained: false, helpful: null }
  const loud = Array.from({ length: 100 }, () => ({ ...one, stage: null, feature: null, team: null }))
  const { figures, drift, lacking } = patternsOf({ now: loud, before: loud })
  expect(lacking).toEqual({ requests: 0, users: 9 })
  expect(drift).toEqual({ distance: null, p: null, change: 'too-few' })
  expect(figures.every(({ change, now }) => change === 'too-few' && now.interval === null)).toBe(true)
  const empty = patternsOf({ now: traffic(random, { users: 20, topic: () => 0 }), before: [] })
  expect(empty.lacking).toEqual({ requests: 30, users: 10 })
  expect(empty.figures.find(({ name }) => name === 'failed')?.before).toMatchObject({ n: 0, share: null })
})
