/** Tokens of a text: what the encoding says, and no text that holds the process up. */
import { countTokens as countWhole } from 'gpt-tokenizer/encoding/o200k_base'
import { expect, test } from 'vitest'
import { countTokens } from './count-tokens.ts'

test.for([
  '',
  'hello world',
  'Zoë reads <|endoftext|> as text.',
  'a '.repeat(5_000),
  '漢字仮名'.repeat(200),
  `${' '.repeat(900)}indented${'-'.repeat(900)}`,
])('a text is counted as the encoding counts it: %#', async (text) => {
  expect(await countTokens(text)).toBe(countWhole(text, { disallowedSpecial: new Set() }))
})

// A million of one sign took ten minutes; the time limit of a test is the bound.
test.for([' ', '{', 'a', '\n', 'é', '😀'])('a million times %j is counted at once', async (sign) => {
  const tokens = await countTokens(`before ${sign.repeat(1_000_000)} after`)
  expect(tokens).toBeGreaterThan(1_000)
  expect(tokens).toBeLessThan(2_500_000)
})

test('a cut costs one token at most', async () => {
  const text = 'x'.repeat(3_000)
  const whole = countWhole(text)
  expect(await countTokens(text)).toBeGreaterThanOrEqual(whole)
  expect(await countTokens(text)).toBeLessThanOrEqual(whole + 2)
})
