import { expect, test } from 'vitest'
import { kindsOf, OversightPlan, unheldKinds } from './oversight.ts'

const plan = OversightPlan.parse({
  overseers: ['Grace Owner'],
  kinds: [
    { kind: 'refund', consequential: true, action: 'hold', when: { asked: ['refund', 'money back'] } },
    {
      kind: 'promise',
      consequential: true,
      action: 'flag',
      when: { answered: ['we promise'], stages: ['production'] },
    },
    { kind: 'at a loss', when: { abstained: true } },
    { kind: 'vip', when: { metadata: { tier: ['gold', 'platinum'] } } },
    { kind: 'seen', action: 'nothing' },
  ],
})
const said = {
  asked: 'Where is it?',
  answered: 'On its way.',
  abstained: false,
  stage: 'pilot' as const,
  metadata: {},
}

test.for([
  { name: 'a word of the question, in any case', change: { asked: 'A REFUND, please' }, kinds: ['refund'] },
  { name: 'a phrase', change: { asked: 'I want my money back!' }, kinds: ['refund'] },
  { name: 'no part of another word', change: { asked: 'Is it refundable?' }, kinds: [] },
  {
    name: 'a phrase of the answer, in its stage',
    change: { answered: 'We promise it.', stage: 'production' as const },
    kinds: ['promise'],
  },
  { name: 'not in another stage', change: { answered: 'We promise it.' }, kinds: [] },
  { name: 'an abstention', change: { abstained: true }, kinds: ['at a loss'] },
  { name: 'what the request says of itself', change: { metadata: { tier: 'gold' } }, kinds: ['vip'] },
  { name: 'several at once', change: { asked: 'refund', abstained: true }, kinds: ['refund', 'at a loss'] },
  { name: 'nothing', change: {}, kinds: [] },
])('an answer is looked at for $name', ({ change, kinds }) => {
  expect(kindsOf(plan.kinds, { ...said, ...change }).map(({ kind }) => kind)).toEqual(kinds)
})

test('consequential answers that are flagged wait for nobody', () => {
  expect(unheldKinds(plan).map(({ kind }) => kind)).toEqual(['promise'])
})
