/** What was said beside what is measured: the weakest counts, and unknown is neither low nor high. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { levelOf, type MaturityAssessment, MaturityPack, maturityOf } from './maturity.ts'

const read = (path: string) => JSON.parse(readFileSync(new URL(`../../../packs/${path}`, import.meta.url), 'utf8'))
const pack = MaturityPack.parse(read('maturity/core.json'))
const checks: { id: string }[] = read('gates/core.json').checks

test.for([
  { have: 0, of: 0, level: null },
  { have: 0, of: 4, level: 0 },
  { have: 1, of: 4, level: 1 },
  { have: 2, of: 4, level: 2 },
  { have: 9, of: 10, level: 3 },
])('$have of $of applications is level $level', ({ have, of, level }) => expect(levelOf(have, of)).toBe(level))

test('every measure is of a check that there is, and every question has four levels', () => {
  const items = pack.questionnaires.flatMap(({ areas }) => areas).flatMap((area) => area.items)
  for (const { measure, levels } of items) {
    if (measure === null) expect(levels).toHaveLength(4)
    else if (measure !== 'commit') expect(checks.map(({ id }) => id)).toContain(measure.slice('evidence:'.length))
  }
  expect(new Set(items.map(({ id }) => id)).size).toBe(items.length)
})

test('an area is as mature as its weakest answer, and its history is kept', () => {
  const [data] = pack.questionnaires
  if (!data) throw new Error('There is no questionnaire.')
  const said = (at: string, answers: Record<string, number>) =>
    ({ createdAt: at, createdBy: 'act_1', answers }) as unknown as MaturityAssessment
  const found = maturityOf(data, {
    levels: pack.levels,
    history: [
      said('2026-03-01', { 'sources-known': 3, 'quality-owned': 1 }),
      said('2026-01-01', { 'sources-known': 1 }),
    ],
    measured: { of: 2, have: new Map([['evidence:data.inventory', 1]]) },
  })
  expect(found.areas.map(({ id, said: level, measured }) => [id, level, measured])).toEqual([
    ['collection', 3, 2],
    ['quality', 1, 0],
    ['protection', null, 0],
    ['use', null, 0],
  ])
  expect(found.history.map(({ areas }) => areas[0]?.said)).toEqual([3, 1])
})
