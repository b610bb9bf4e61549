import { expect, test } from 'vitest'
import type { RequestFacts } from '../core/target-condition.ts'
import type { ModelRoute } from '../models/index.ts'
import { createAffinity } from './affinity.ts'
import { fittingTargets } from './route-conditions.ts'
import type { Standing } from './route-order.ts'

const facts = (change: Partial<RequestFacts> = {}): RequestFacts => ({
  task: undefined,
  inputTokens: 100,
  language: () => 'en',
  ...change,
})
type Target = ModelRoute['targets'][number]
const target = (model: string, when?: Target['when']): Target => ({ model, weight: 1, ...(when && { when }) })
const TARGETS = [
  target('any/m'),
  target('code/m', { tasks: ['code', 'sql'] }),
  target('long/m', { inputTokens: { atLeast: 8_000 } }),
  target('short/m', { inputTokens: { atMost: 50 } }),
  target('german/m', { languages: ['de'] }),
  target('both/m', { tasks: ['code'], languages: ['de'] }),
]
const fits = (change: Partial<RequestFacts>) =>
  fittingTargets('smart', TARGETS, facts(change)).groups.map((group) => group.map(({ model }) => model))

test.for([
  [{}, [['any/m']]],
  [{ task: 'code' }, [['code/m'], ['any/m']]],
  [{ task: 'sql' }, [['code/m'], ['any/m']]],
  [{ task: 'poetry' }, [['any/m']]],
  [{ inputTokens: 8_000 }, [['long/m'], ['any/m']]],
  [{ inputTokens: 50 }, [['short/m'], ['any/m']]],
  [{ language: () => 'de' }, [['german/m'], ['any/m']]],
  [{ language: () => null }, [['any/m']]],
  [{ task: 'code', language: () => 'de' }, [['code/m', 'german/m', 'both/m'], ['any/m']]],
] as [Partial<RequestFacts>, string[][]][])('a request with %j goes to %j', ([change, expected]) => {
  expect(fits(change)).toEqual(expected)
})

test('the trace says what was looked at, and a language that nobody asks for is not looked for', () => {
  const tasks = [target('code/m', { tasks: ['code'] }), target('any/m')]
  const language = () => {
    throw new Error('nobody asked')
  }
  expect(fittingTargets('smart', tasks, facts({ task: 'code', language })).reason).toBe(
    'task code: its condition holds',
  )
  expect(fittingTargets('smart', tasks, facts({ language })).reason).toBe('task not named: no condition holds')
  expect(fittingTargets('smart', [target('any/m')], facts({ language })).reason).toBeUndefined()
})

test('a request that no target takes is refused with what it was', () => {
  expect(() => fittingTargets('smart', TARGETS.slice(1, 2), facts({ task: 'poetry' }))).toThrow(
    expect.objectContaining({ code: 'gateway.no-target', message: expect.stringContaining('task poetry') }),
  )
})

test('a conversation goes on where its beginning was read, within health, load and time', () => {
  let now = 0
  const affinity = createAffinity({ nowMs: () => now })
  const models = ['a/m', 'b/m']
  const quiet: Standing = { underWay: 0, latencyMs: undefined, isResting: false }
  const find = (standings: Record<string, Partial<Standing>> = {}, among = models) =>
    affinity.find('prompt', { models: among, standingOf: (model) => ({ ...quiet, ...standings[model] }) })
  expect(find()).toBeUndefined()
  affinity.keep('prompt', 'b/m')
  expect(find()).toBe('b/m')
  expect(find({ 'b/m': { isResting: true } })).toBeUndefined()
  // With nine of ten under way it has far more than its share.
  expect(find({ 'a/m': { underWay: 1 }, 'b/m': { underWay: 9 } })).toBeUndefined()
  expect(find({ 'a/m': { underWay: 5 }, 'b/m': { underWay: 5 } })).toBe('b/m')
  expect(find({}, ['a/m'])).toBeUndefined()
  now = 5 * 60_000 + 1
  expect(find()).toBeUndefined()
})
