/** Arms between quality, cost and time. */
import { expect, test } from 'vitest'
import { type Point, placesOf } from './pareto.ts'

const point = (id: string, good: number | null, cost: number | null, latency: number | null): Point => ({
  id,
  label: id,
  good,
  cost,
  latency,
})

test.for<[string, Point[], unknown[]]>([
  ['nothing', [], []],
  ['one alone', [point('a', 0.5, 1, 1)], ['front']],
  [
    'each best in something',
    [point('good', 0.9, 9, 9), point('cheap', 0.5, 1, 5), point('quick', 0.5, 5, 1)],
    ['front', 'front', 'front'],
  ],
  [
    'one that is worse in all, and one that is the same but dearer',
    [point('a', 0.9, 2, 2), point('b', 0.5, 3, 3), point('c', 0.9, 4, 2)],
    ['front', ['a', 'quality', 'cost', 'time'], ['a', 'cost']],
  ],
  ['two that are the same', [point('a', 0.5, 1, 1), point('b', 0.5, 1, 1)], ['front', 'front']],
  [
    'beaten by several, of which the best is named',
    [point('bad', 0.1, 9, 9), point('fair', 0.5, 2, 2), point('best', 0.9, 3, 3)],
    [['best', 'quality', 'cost', 'time'], 'front', 'front'],
  ],
  [
    'an unknown price beats nothing and is not beaten',
    [point('a', 0.9, null, 1), point('b', 0.5, 1, 2), point('c', null, null, null)],
    [['lacks', 'cost'], 'front', ['lacks', 'score', 'cost', 'time']],
  ],
])('of %s', ([, points, expected]) => {
  const said = placesOf(points).map((place) =>
    place.kind === 'front' ? 'front' : place.kind === 'beaten' ? [place.by, ...place.in] : ['lacks', ...place.lacks],
  )
  expect(said).toEqual(expected)
})
