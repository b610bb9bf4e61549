import { expect, test } from 'vitest'
import { OversightPlan } from '../core/oversight.ts'
import { type OversightSeen, readingOf } from './reading.ts'

const held = { kind: 'refund', consequential: true, action: 'hold' as const }
const seen = (plan: object, change: Partial<OversightSeen> = {}): OversightSeen => ({
  plan: OversightPlan.parse(plan),
  overseers: [{ named: 'Grace', actor: 'act_1' }],
  overruled: 1,
  stopTest: { seconds: 0.2, answersAgain: true },
  acts: false,
  writing: { held: 0, free: 0 },
  ...change,
})

test.for([
  {
    name: 'all of it',
    given: seen({ kinds: [held] }),
    facts: { stopSeconds: 0.2, unheldKinds: 0, overridePath: true },
  },
  {
    name: 'somebody whom nobody knows',
    given: seen({ kinds: [held] }, { overseers: [{ named: 'Nobody', actor: null }] }),
    facts: { overseers: 0 },
    words: 'nobody here is called Nobody',
  },
  {
    name: 'a kind that is only flagged',
    given: seen({ kinds: [{ ...held, action: 'flag' }] }),
    facts: { unheldKinds: 1 },
  },
  { name: 'nothing said of kinds', given: seen({}), facts: { unheldKinds: undefined }, words: 'does not say why' },
  { name: 'a reason for none', given: seen({ noneBecause: 'It only reads back.' }), facts: { unheldKinds: 0 } },
  {
    name: 'a reason that its profile refutes',
    given: seen({ noneBecause: 'It only reads back.' }, { acts: true }),
    facts: { unheldKinds: 1 },
  },
  {
    name: 'tools that all wait for a person',
    given: seen({}, { acts: true, writing: { held: 2, free: 0 } }),
    facts: { unheldKinds: 0 },
  },
  {
    name: 'one tool of two that waits for nobody',
    given: seen({}, { acts: true, writing: { held: 1, free: 1 } }),
    facts: { unheldKinds: 1 },
  },
  {
    name: 'no stop test',
    given: seen({ kinds: [held] }, { stopTest: undefined }),
    facts: { stopSeconds: undefined },
    words: 'the stop was not tried',
  },
  {
    name: 'a stop that refused nobody',
    given: seen({ kinds: [held] }, { stopTest: { seconds: null, answersAgain: true } }),
    facts: { stopSeconds: null },
  },
  {
    name: 'a stop after which it stayed away',
    given: seen({ kinds: [held] }, { stopTest: { seconds: 1, answersAgain: false } }),
    facts: { stopSeconds: null },
  },
  { name: 'nothing overruled', given: seen({ kinds: [held] }, { overruled: 0 }), facts: { overridePath: false } },
])('$name', ({ given, facts, words = '' }) => {
  const read = readingOf(given)
  for (const [name, value] of Object.entries(facts)) expect(read.facts[name]?.value, name).toBe(value)
  expect(read.summary).toContain(words)
})
