/** When a bias is there, when it is gone, and what neither opens nor ends it. */
import { expect, test } from 'vitest'
import type { Evidence } from '../../core/evidence.ts'
import { episodesOf } from './episodes.ts'

const answer = (at: number, release: string, low: number | null): Evidence =>
  ({
    id: `evi_${at}`,
    release,
    summary: `gap ${low}`,
    at: '2026-12-01T00:00:00.000Z',
    facts: low === null ? {} : { gap: { value: low + 0.1, interval: { low, high: 1 } } },
  }) as unknown as Evidence

test.for([
  { told: 'none', evidence: [answer(1, 'r1', 0.01)], episodes: [] },
  { told: 'found', evidence: [answer(1, 'r1', 0.2)], episodes: [['evi_1', [], false]] },
  {
    told: 'still there, and then gone',
    evidence: [answer(3, 'r3', 0.02), answer(1, 'r1', 0.2), answer(2, 'r2', 0.1)],
    episodes: [['evi_1', ['evi_2', 'evi_3'], true]],
  },
  {
    told: 'not gone by measuring the same release again, nor by what nobody could tell',
    evidence: [answer(1, 'r1', 0.2), answer(2, 'r1', 0.01), answer(3, 'r2', null)],
    episodes: [['evi_1', ['evi_2'], false]],
  },
  {
    told: 'gone and back, the open one first',
    evidence: [answer(1, 'r1', 0.2), answer(2, 'r2', 0), answer(3, 'r3', 0.3)],
    episodes: [
      ['evi_3', [], false],
      ['evi_1', ['evi_2'], true],
    ],
  },
])('a bias is $told', ({ evidence, episodes }) => {
  expect(
    episodesOf(evidence, 0.05).map(({ finding, retests, isGone }) => [
      finding.evidence,
      retests.map((one) => one.evidence),
      isGone,
    ]),
  ).toEqual(episodes)
})
