/** S0.P5b · An answer on its way through guardrails, event by event, where no client of a test would come by. */
import { expect, test } from 'vitest'
import type { Guardrail } from '../core/guardrail.ts'
import { type AnswerEvent, reduce } from '../dialects/index.ts'
import { compiled } from '../guardrails/index.ts'
import { GuardedEvents } from './guarded-events.ts'

const guard = (more: Record<string, unknown>) => compiled({ on: 'output', ...more } as Guardrail)
const mail = guard({ id: 'mail', mode: 'redact', detector: 'email' })
const owl = guard({ id: 'owl', mode: 'block', detector: 'terms', terms: ['owl'], message: 'No.' })

type Start = Extract<AnswerEvent, { type: 'open' }>['start']
const open = (start: Start, block = 0): AnswerEvent => ({ type: 'open', block, start })
const delta = (text: string, block = 0): AnswerEvent => ({ type: 'delta', block, text })
const close = (block = 0): AnswerEvent => ({ type: 'close', block })
const END: AnswerEvent[] = [{ type: 'finish', reason: 'stop' }, { type: 'end' }]

function passed(guards: ConstructorParameters<typeof GuardedEvents>[0], events: readonly AnswerEvent[]) {
  const guarded = new GuardedEvents(guards)
  return { answer: reduce(events.flatMap((event) => guarded.push(event))), verdicts: guarded.verdicts() }
}

test('an answer that the provider begins anew is judged anew', () => {
  const { answer, verdicts } = passed(
    [owl, mail],
    [
      ...[open({ kind: 'text' }), delta('An owl, says a@b.io.'), { type: 'restart' } as const],
      ...[open({ kind: 'text' }), delta('A wren.'), close(), ...END],
    ],
  )
  expect(answer).toMatchObject({ blocks: [{ kind: 'text', text: 'A wren.' }], finish: { reason: 'stop' } })
  expect(verdicts.map(({ verdict, count }) => [verdict, count])).toEqual([
    ['passed', 0],
    ['passed', 0],
  ])
})

test('a thought that was changed loses its seal, and one that was not keeps it', () => {
  const thought = (text: string): AnswerEvent[] => [
    ...[
      open({ kind: 'reasoning' }),
      delta(text),
      { type: 'signature', block: 0, signature: 'sealed' } as const,
      close(),
    ],
    ...END,
  ]
  expect(passed([mail], thought('Ask a@b.io')).answer.blocks).toEqual([{ kind: 'reasoning', text: 'Ask [email]' }])
  expect(passed([mail], thought('Ask her')).answer.blocks).toMatchObject([{ text: 'Ask her', signature: 'sealed' }])
})

test('what is blocked in one text ends all of them, and the answer as filtered', () => {
  const { answer, verdicts } = passed(
    [owl],
    [
      ...[open({ kind: 'text' }), open({ kind: 'tool-call', id: 'c', name: 'send' }, 1)],
      ...[delta('An owl.'), close(), delta('{"to":"owl"}', 1), close(1), open({ kind: 'text' }, 2), delta('More.', 2)],
      ...END,
    ],
  )
  expect(answer.blocks.map((block) => ('text' in block ? block.text : block.arguments))).toEqual(['No.', ''])
  expect([answer.finish?.reason, verdicts[0]?.verdict]).toEqual(['filtered', 'blocked'])
})

test('log-probabilities would say again what was taken out, and stay where guardrails only count', () => {
  const events: AnswerEvent[] = [
    ...[open({ kind: 'text' }), delta('a@b.io')],
    ...[{ type: 'logprobs', block: 0, tokens: [{ token: 'a@b.io', logprob: 0, top: [] }] } as const, close(), ...END],
  ]
  expect(JSON.stringify(passed([mail], events).answer)).not.toContain('a@b')
  const counting = guard({ id: 'mail', mode: 'observe', detector: 'email' })
  expect(passed([counting], events)).toMatchObject({
    answer: { blocks: [{ text: 'a@b.io', logprobs: [{ token: 'a@b.io' }] }] },
    verdicts: [{ verdict: 'observed', count: 1 }],
  })
})
