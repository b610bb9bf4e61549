/** S0.P6d · The rules by which an answer on a bad day is good, poorer, refused, broken or unguarded, and what the check makes of them. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { GateCatalogue } from '../../core/check.ts'
import type { Release } from '../../core/release.ts'
import { weighed } from '../../core/weighing.ts'
import { FaultCase } from './contract.ts'
import { draftOf, weigh } from './evidence.ts'
import { judge } from './judge.ts'
import { planOf } from './plan.ts'
import { type Heard, readAnswer } from './read-answer.ts'

const MET = { fallback: null, target: null, attempts: 1, isMet: true }
const CHAT = { dialect: 'chat', stream: true } as const
const words = (text: string) => `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: text } }] })}\n\n`
const STOP = `data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}\n\n`
const DONE = 'data: [DONE]\n\n'
const ERROR = `data: ${JSON.stringify({ error: { message: 'It broke.', code: 'models.stream-cut' } })}\n\n`
const passed = (...ids: string[]) =>
  ids.map((id) => ({ id, on: 'output' as const, verdict: 'passed' as const, count: 0 }))

const heard = (text: string, more: Partial<Heard> = {}): Heard => ({ status: 200, end: 'closed', text, ...more })
const outcomeOf = (one: Heard, change: object = {}, form: Parameters<typeof readAnswer>[0] = CHAT) =>
  judge({
    ...{ fault: 'provider-503', status: one.status, seen: readAnswer(form, one), labels: MET },
    ...{ guardrails: [], verdicts: [], abstentions: [] },
    ...change,
  }).outcome

test.for([
  [
    'an answer that says it is a fallback’s',
    heard(words('Hi') + STOP + DONE),
    { labels: { ...MET, fallback: 'spare' } },
    'good',
  ],
  [
    'an answer of another target of its route',
    heard(words('Hi') + STOP + DONE),
    { labels: { ...MET, target: 'b', attempts: 2 } },
    'good',
  ],
  ['an answer that says nothing of the kind', heard(words('Hi') + STOP + DONE), {}, 'broken'],
  ['an answer of a fallback without a word', heard(STOP + DONE), { labels: { ...MET, fallback: 'spare' } }, 'broken'],
  ['a reason to stop without the last event', heard(words('Hi') + STOP), {}, 'broken'],
  ['words and then the error of the dialect', heard(words('Hi') + ERROR), {}, 'refused'],
  ['words and then nothing', heard(words('Hi')), {}, 'broken'],
  ['words and then silence', heard(words('Hi'), { end: 'late' }), {}, 'broken'],
  ['a connection that breaks', heard(words('Hi'), { end: 'broke' }), {}, 'broken'],
  ['words of abstention', heard(words('I do not know.') + STOP + DONE), { abstentions: ['I do not know.'] }, 'poorer'],
  ['an empty index and an answer all the same', heard(words('Hi') + STOP + DONE), { fault: 'index-empty' }, 'broken'],
  ['a fault that did not happen', heard(words('Hi') + STOP + DONE), { labels: { ...MET, isMet: false } }, 'not-tried'],
  [
    'a broken guardrail and an answer all the same',
    heard(words('Hi') + STOP + DONE),
    { fault: 'guardrail-breaks', guardrails: ['mail'] },
    'unguarded',
  ],
  [
    'some words that one of two guardrails saw',
    heard(words('Hi') + ERROR),
    { guardrails: ['mail', 'words'], verdicts: passed('mail') },
    'unguarded',
  ],
  [
    'an answer whose trace never came',
    heard(words('Hi') + STOP + DONE),
    { guardrails: ['mail'], verdicts: null },
    'not-tried',
  ],
] as const)('as a stream of chat completions: %s', ([, answer, change, outcome]) => {
  expect(outcomeOf(answer, change)).toBe(outcome)
})

const error = (code: string, more: object = {}) => JSON.stringify({ ...more, error: { message: 'No.', code } })
test.for([
  ['502 in the words of chat', 'chat', heard(error('models.upstream-failed'), { status: 502 }), {}, 'refused'],
  ['502 in the words of chat for a client of messages', 'messages', heard(error('x.y'), { status: 502 }), {}, 'broken'],
  ['504 in the words of messages', 'messages', heard(error('x.y', { type: 'error' }), { status: 504 }), {}, 'refused'],
  ['500, a bug of ours', 'chat', heard(error('gateway.broken'), { status: 500 }), {}, 'broken'],
  ['400, as if the client were at fault', 'chat', heard(error('x.y'), { status: 400 }), {}, 'broken'],
  [
    '429 of the provider',
    'chat',
    heard(error('models.upstream-limited'), { status: 429 }),
    { fault: 'provider-limited' },
    'refused',
  ],
  ['429 where nobody limits', 'chat', heard(error('models.upstream-limited'), { status: 429 }), {}, 'broken'],
  ['a cap of ours', 'chat', heard(error('gateway.limit-requests-per-minute'), { status: 429 }), {}, 'not-tried'],
  ['a page', 'chat', heard('<html>', { status: 502 }), {}, 'broken'],
  ['half of a JSON', 'chat', heard('{"choices": [', { end: 'broke' }), {}, 'broken'],
] as const)('as a whole answer: %s', ([, dialect, answer, change, outcome]) => {
  expect(outcomeOf(answer, change, { dialect, stream: false })).toBe(outcome)
})

const MANIFEST = {
  application: 'desk',
  ...{ prompts: [], models: [], datasets: [], suites: [], evaluators: [], guardrails: [{ name: 'mail' }], index: null },
  ...{ flow: { name: 'flow', digest: 'sha256:0', steps: [] }, priceBook: { name: 'core', digest: 'sha256:0' } },
}
const release = { id: 'rel_1', application: 'desk', manifest: MANIFEST } as unknown as Release
const catalogue = GateCatalogue.parse(
  JSON.parse(readFileSync(new URL('../../../packs/gates/core.json', import.meta.url), 'utf8')),
)
const requires =
  catalogue.checks.find(({ id }) => id === 'rel.resilience')?.requires.filter(({ unless }) => !unless) ?? []

/** The verdict on a drill of which one fault came out otherwise. */
function verdictOf(changed: Partial<FaultCase>, faults?: readonly FaultCase['fault'][]) {
  const plan = planOf(MANIFEST as never, { dialects: ['chat'], clockSeconds: 60 }, 'Where?')
  const kept = faults ? plan.faults.filter((fault) => faults.includes(fault)) : plan.faults
  const cases = (['none', ...kept] as const).map((fault) =>
    FaultCase.parse({
      ...{
        dialect: 'chat',
        stream: false,
        fault,
        outcome: fault === 'none' ? 'good' : 'refused',
        says: '',
        status: 502,
      },
      ...{ trace: null, ms: 1, costMicroUsd: null },
      ...(fault === 'guardrail-breaks' && changed),
    }),
  )
  const found = { release, plan: { ...plan, faults: kept }, fallbacks: [] }
  const result = { stage: 'pilot' as const, cases, ...weigh(cases, found) }
  return weighed(requires, draftOf({ ...found, result, by: 'act_1' as never, run: 'flt_1' }) as never)
}

test('a guardrail that falls open fails the check, and so does a broken answer; what was not tried decides nothing', () => {
  expect(verdictOf({})).toBe('PASS')
  expect(verdictOf({ outcome: 'unguarded' })).toBe('FAIL')
  expect(verdictOf({ outcome: 'broken' })).toBe('FAIL')
  const ofProvider = ['provider-500', 'provider-503', 'provider-529', 'provider-reset', 'provider-empty'] as const
  expect(verdictOf({}, ofProvider)).toBe('INCONCLUSIVE')
  expect(verdictOf({}, [...ofProvider, 'guardrail-late'])).toBe('PASS')
  expect(verdictOf({}, ['provider-500', 'guardrail-late'])).toBe('INCONCLUSIVE')
})
