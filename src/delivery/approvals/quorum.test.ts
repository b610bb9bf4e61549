/** Who has to sign for what, as a table. */
import { expect, test } from 'vitest'
import type { ActorId, Duty } from '../../core/actor.ts'
import type { Tier } from '../../core/applicability.ts'
import { DAY, type Instant, later } from '../../kernel/time.ts'
import type { Delegation, Signature } from './approval.ts'
import { forbiddenBeside, holdingsOf, isComplete, missingLines, quorumOf } from './quorum.ts'

const signed = (duties: Duty[], more: Partial<Signature> = {}) =>
  ({ decision: 'approve', outside: false, duties, ...more }) as Signature
const TWO: Duty[] = ['business-owner', 'technical-lead']

test.for([
  ['pilot', 'A', TWO, false, true],
  ['pilot', 'H', TWO, false, true],
  ['production', 'A', TWO, false, false],
  ['production', 'A', TWO, true, true],
  ['production', 'L', TWO, true, false],
  ['production', 'L', [...TWO, 'privacy'], true, true],
  ['production', 'H', [...TWO, 'security', 'risk'], true, false],
  ['production', 'H', [...TWO, 'security', 'risk', 'executive'], true, true],
] as ['pilot' | 'production', Tier, Duty[], boolean, boolean][])(
  'into %s in tier %s with %s, outside %s: complete is %s',
  ([into, tier, duties, outside, complete]) => {
    expect(isComplete(quorumOf(into, tier), [signed(duties, { outside })])).toBe(complete)
  },
)

test('a refusal signs no line', () => {
  const quorum = quorumOf('pilot', 'A')
  expect(missingLines(quorum, [signed(TWO, { decision: 'refuse' })])).toEqual(quorum.quorum)
})

const now = '2026-12-01T00:00:00.000Z' as Instant
const grace = 'act_grace' as ActorId
const lent = (change: Partial<Delegation> = {}) =>
  ({
    duty: 'risk',
    from: grace,
    to: 'act_eve' as ActorId,
    until: later(now, DAY),
    endedAt: null,
    ...change,
  }) as Delegation

test.for([
  ['her own', { risk: 'Eve' }, [], ['risk']],
  ['her own by id', { risk: 'act_eve' }, [], ['risk']],
  ['lent by the holder', { risk: 'Grace' }, [lent()], ['risk']],
  ['lent by who lost it', { risk: 'Mary' }, [lent()], []],
  ['lent until yesterday', { risk: 'Grace' }, [lent({ until: now })], []],
  ['taken back', { risk: 'Grace' }, [lent({ endedAt: now })], []],
  ['nobody’s', {}, [lent()], []],
] as [string, Record<string, string>, Delegation[], string[]][])(
  'a duty that is %s',
  ([, duties, delegations, expected]) => {
    const held = holdingsOf({ id: 'act_eve', name: 'Eve' }, { duties, delegations, nameOf: () => 'Grace', now })
    expect(held.map(({ duty }) => duty)).toEqual(expected)
  },
)

test('two duties that check each other are found, in either order', () => {
  const held = (duty: Duty) => [{ duty, onBehalfOf: null }]
  expect(forbiddenBeside('risk', held('business-owner'))).toBe('business-owner')
  expect(forbiddenBeside('technical-lead', held('security'))).toBe('security')
  expect(forbiddenBeside('operations', held('security'))).toBeUndefined()
})
