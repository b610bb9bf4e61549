/** What guardrails do about what they find: modes, messages, verdicts, and failures. */
import { expect, test } from 'vitest'
import type { Turn } from '../core/conversation.ts'
import type { Guardrail } from '../core/guardrail.ts'
import { digestOf } from '../kernel/digest.ts'
import { compiled, GuardedText, guardsOf, guardTurns } from './index.ts'

const guard = (more: Record<string, unknown>) => compiled({ on: 'output', mode: 'block', ...more } as Guardrail)
const words = guard({ id: 'words', detector: 'terms', terms: ['nightjar'], message: 'Of that we do not speak.' })
const mail = guard({ id: 'mail', detector: 'email', mode: 'redact' })

function said(guards: Parameters<typeof passing>[0], pieces: readonly string[]) {
  const text = passing(guards)
  return { out: pieces.map((piece) => text.push(piece)).join('') + text.end(), verdicts: text.verdicts() }
}
const passing = (guards: ConstructorParameters<typeof GuardedText>[0]) => new GuardedText(guards)

test('what is blocked before a word is out is answered by the message alone, else the message follows', () => {
  expect(said([words], ['The Nightjar is late, a@b.io.']).out).toBe('Of that we do not speak.')
  const { out, verdicts } = said([words, mail], ['Ask a@b.io. ', 'The Night', 'jar is late. ', 'And more.'])
  expect(out).toBe('Ask [email]. The \n\nOf that we do not speak.')
  expect(verdicts).toEqual([
    { id: 'words', on: 'output', verdict: 'blocked', count: 1 },
    { id: 'mail', on: 'output', verdict: 'redacted', count: 1 },
  ])
})

test('what is only observed is neither held back nor changed', () => {
  const text = passing([guard({ id: 'mail', detector: 'email', mode: 'observe' })])
  expect([text.push('a@b.'), text.push('io and c@d.io'), text.end()]).toEqual(['a@b.', 'io and c@d.io', ''])
  expect(text.verdicts()).toEqual([{ id: 'mail', on: 'output', verdict: 'observed', count: 2 }])
})

test('an answer that is longer than it may be ends where it may end', () => {
  const short = guard({ id: 'short', detector: 'length', most: 10 })
  expect(said([short], ['0123456789']).out).toBe('0123456789')
  expect(said([short], ['01234', '56789', '0']).out).toBe('0123456789\n\nThis answer cannot be given.')
})

test('a secret inside of an address is taken out with it', () => {
  const keys = guard({ id: 'keys', detector: 'secrets', mode: 'redact' })
  expect(said([mail, keys], [`postgres://shop:${'s3cr3t!x'}@db.example.com/shop`]).out).toBe(
    'postgres://shop:[secret]/shop',
  )
})

test('a guardrail that breaks lets nothing pass', () => {
  const breaks = () => {
    throw new Error('out of order')
  }
  const broken = { ...mail, detector: { name: 'broken', find: breaks, settle: breaks } }
  expect(() => passing([broken]).push('Anything.')).toThrow(/The guardrail mail broke, so nothing is passed on/)
})

const turns = (...said: string[]): Turn[] =>
  said.map((content, at) => ({ role: at % 2 === 0 ? 'user' : 'assistant', content }))
const asked = (more: Record<string, unknown>) => guard({ on: 'input', ...more })
const onWords = asked({ id: 'words', detector: 'terms', terms: ['nightjar'] })

test('a question that is blocked is not asked; in earlier turns it is taken out and the conversation goes on', async () => {
  expect(await guardTurns([onWords], turns('What is Nightjar?'))).toEqual({
    turns: turns('What is [words]?'),
    blocked: 'This question cannot be taken.',
    verdicts: [{ id: 'words', on: 'input', verdict: 'blocked', count: 1 }],
  })
  expect(await guardTurns([onWords], turns('What is Nightjar?', 'I cannot say.', 'And this?'))).toMatchObject({
    turns: turns('What is [words]?', 'I cannot say.', 'And this?'),
    blocked: undefined,
    verdicts: [{ verdict: 'redacted', count: 1 }],
  })
})

test('what nothing is found in is the same value', async () => {
  const given = turns('Hello?')
  expect((await guardTurns([onWords, asked({ id: 'long', detector: 'length', most: 9 })], given)).turns).toBe(given)
})

test('the length of a question is that of the newest, and nothing is cut from it', async () => {
  const long = asked({ id: 'long', detector: 'length', most: 9 })
  expect((await guardTurns([long], turns('A very long question.', 'Yes.', 'Short?'))).blocked).toBeUndefined()
  const found = await guardTurns([long], turns('A very long question.'))
  expect([found.blocked, found.turns[0]?.content]).toEqual(['This question cannot be taken.', 'A very long question.'])
})

test('guardrails of a release are compiled once, and a release without any has none', () => {
  const parts = [
    { name: 'mail', digest: digestOf(1), guard: { id: 'mail', on: 'input', detector: 'email', mode: 'redact' } },
  ] as const
  expect(guardsOf(parts as never)).toBe(guardsOf(parts as never))
  expect([guardsOf(undefined), guardsOf([])]).toEqual([undefined, undefined])
})

test('an address is found where a long question is cut into slices', async () => {
  const long = `${'word '.repeat(6552)}ada@example.com ${'word '.repeat(6552)}`
  const mailIn = asked({ id: 'mail', detector: 'email', mode: 'redact' })
  const found = await guardTurns([mailIn], turns(long))
  expect(found.turns[0]?.content).toBe(long.replace('ada@example.com', '[email]'))
})
