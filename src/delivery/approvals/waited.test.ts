/** How long each person was waited for, and what waits for whom. */
import { expect, test } from 'vitest'
import { HOUR, type Instant } from '../../kernel/time.ts'
import type { ServedApproval } from './contract.ts'
import { approversOf } from './waited.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 10, 22, hour)).toISOString() as Instant
const signature = (name: string, hour: number) => ({ name, at: at(hour) })
const approval = (given: object): ServedApproval =>
  ({
    ...{ id: 'apr_1', application: 'shop', release: 'rel_1', into: 'pilot', state: 'asked' },
    ...{ askedAt: at(0), until: at(20), signatures: [], missing: [], holders: [], ...given },
  }) as unknown as ServedApproval

test('a person was waited for from asking to signing; the median and the longest are told', () => {
  const given = [2, 4, 12].map((hour) => approval({ state: 'given', signatures: [signature('Grace', hour)] }))
  expect(approversOf(given, at(13))).toEqual([
    { name: 'Grace', signed: 3, medianMs: 4 * HOUR, longestMs: 12 * HOUR, waiting: [] },
  ])
})

test('what waits stands with whoever holds a duty that is missing, the oldest first', () => {
  const holders = [
    { duty: 'risk', holder: 'Mary' },
    { duty: 'security', holder: 'mary ' },
    { duty: 'business-owner', holder: 'Grace' },
    { duty: 'privacy', holder: null },
  ]
  const open = { holders, missing: [['risk', 'security'], ['privacy']] }
  const found = approversOf(
    [approval({ ...open, id: 'apr_2', askedAt: at(5) }), approval({ ...open, signatures: [signature('Grace', 1)] })],
    at(6),
  )
  expect(found.map(({ name, waiting }) => [name, waiting.map((one) => one.approval)])).toEqual([
    ['Mary', ['apr_1', 'apr_2']],
    ['Grace', []],
  ])
  expect(found[0]?.waiting[0]).toMatchObject({ duties: ['risk', 'security'], forMs: 6 * HOUR })
})

test.for([
  ['was decided', { state: 'given' }],
  ['can be signed no more', { until: at(5) }],
  ['they signed', { signatures: [signature('Mary', 1)] }],
] as const)('nothing waits where it %s', ([, change]) => {
  const open = { holders: [{ duty: 'risk', holder: 'Mary' }], missing: [['risk']] }
  expect(approversOf([approval({ ...open, ...change })], at(6)).flatMap(({ waiting }) => waiting)).toEqual([])
})
