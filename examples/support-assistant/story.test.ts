/** The pure pieces of the story; the browser test plays all of it. */
import { expect, test } from 'vitest'
import { arrivals } from './arrivals.ts'
import { supportAssistant } from './blueprints.ts'
import { readTasks } from './tasks.ts'
import { tokenF1 } from './token-f1.ts'

const dataFolder = new URL('../../data/', import.meta.url)
const tasks = readTasks(dataFolder)
/** Rows of the published trace, and the milliseconds between its first and its last. */
const RECORDED = 8819

test.for([1, 60])('arrivals begin at zero, never go back, and take the recorded time over %i', (factor) => {
  const recorded = arrivals({ dataFolder, factor: 1, count: RECORDED })
  const times = arrivals({ dataFolder, factor, count: RECORDED })
  expect(times[0]).toBe(0)
  expect(times.every((time, i) => i === 0 || time >= (times[i - 1] ?? 0))).toBe(true)
  expect(times.at(-1)).toBeCloseTo((recorded.at(-1) ?? 0) / factor, 6)
  // 57 minutes, as published.
  expect((recorded.at(-1) ?? 0) / 60_000).toBeCloseTo(57.3, 0)
})

test('arrivals go on from where others ended, also round the end of the record', () => {
  const all = arrivals({ dataFolder, factor: 60, count: RECORDED + 50 })
  const skipped = arrivals({ dataFolder, factor: 60, count: 100, skip: RECORDED - 50 })
  const start = all[RECORDED - 50] ?? 0
  expect(skipped[0]).toBe(0)
  for (const [i, time] of skipped.entries()) expect(time).toBeCloseTo((all[RECORDED - 50 + i] ?? 0) - start, 6)
})

test.for([
  ['the same words', 'The law library is open', 'the law library is open', 1],
  ['case, punctuation, articles and citations', 'A Library, [2] (open)!', 'the library open', 1],
  ['half of the words', 'open today', 'open tomorrow', 0.5],
  ['a word twice counts twice', 'open open', 'open', 2 / 3],
  ['no word shared', 'yes', 'no', 0],
  ['nothing against something', '', 'no', 0],
  ['nothing against nothing', '[1]', 'the', 1],
  ['other scripts', '図書館 は 開いて', '図書館 は 閉じて', 2 / 3],
] as const)('token F1: %s', ([, answer, reference, expected]) => {
  expect(tokenF1(answer, reference)).toBeCloseTo(expected, 10)
  expect(tokenF1(reference, answer)).toBeCloseTo(expected, 10)
})

test('there are 159 tasks, each of which ends with a user, and no conversation stands in two splits', () => {
  expect(tasks).toHaveLength(159)
  expect(new Set(tasks.map(({ id }) => id)).size).toBe(159)
  for (const { id, turns, reference } of tasks) {
    expect(turns.at(-1)?.role, id).toBe('user')
    expect(reference, id).not.toBe('')
  }
  const splits = new Map<string, Set<string>>()
  for (const { cluster, split } of tasks) splits.set(cluster, (splits.get(cluster) ?? new Set()).add(split))
  expect([...splits.values()].filter((of) => of.size !== 1)).toEqual([])
  const conversations = [...splits.values()].map((of) => [...of][0])
  expect(conversations.filter((split) => split === 'build')).toHaveLength(Math.ceil(splits.size / 4))
})

test('the three releases differ in model and flow alone, so that only what depends on those goes stale', () => {
  const first = supportAssistant({ dataFolder, tasks, model: 'reader', flow: 'narrow' })
  const differing = (model: 'reader' | 'recorded', flow: 'narrow' | 'wide') => {
    const other = supportAssistant({ dataFolder, tasks, model, flow })
    return Object.keys({ ...first, ...other }).filter((path) => first[path] !== other[path])
  }
  expect(differing('reader', 'narrow')).toEqual([])
  expect(differing('recorded', 'narrow')).toEqual(['airworthy.yaml'])
  expect(differing('reader', 'wide')).toEqual(['flows/answer.yaml'])
})
