/**
 * The answer matches a regular expression.
 *
 * An expression can take longer than the universe, so: quantified groups that hold a quantifier are
 * refused with the options, text is cut at 20,000 characters, and every match runs under a time limit
 * (a plain `test` cannot be interrupted, one in a VM context can; it costs 0.3 ms a row).
 */
import { createContext, Script } from 'node:vm'
import { z } from 'zod'
import { messageOf } from '../../kernel/failure.ts'
import { evaluator, optionsFailure, passed } from './evaluator.ts'

const MAX_PATTERN = 1_000
const MAX_TEXT = 20_000
const MAX_MS = 100

export const regex = evaluator({
  id: 'regex',
  version: 1,
  kind: 'rate',
  unit: 'share',
  better: 'higher',
  needs: [],
  description: 'The answer matches `pattern` (with `flags` of i, m, s, u), or does not where `absent` is set.',
  options: z.strictObject({
    pattern: z.string().min(1).max(MAX_PATTERN, `a pattern has at most ${MAX_PATTERN} characters`),
    flags: z
      .string()
      .regex(/^[imsu]*$/, 'use i, m, s and u')
      .default(''),
    absent: z.boolean().default(false),
  }),
  scorer({ pattern, flags, absent }) {
    if (hasNestedQuantifier(pattern))
      throw optionsFailure(
        'regex',
        `${pattern} repeats a group that repeats itself, which can take for ever; write it without the outer or the inner repetition`,
      )
    const context = createContext({ expression: compile(pattern, flags), text: '', isMatch: false })
    return ({ answer }) => {
      context.text = answer.slice(0, MAX_TEXT)
      try {
        MATCH.runInContext(context, { timeout: MAX_MS })
      } catch (cause) {
        throw new Error(`The expression ${pattern} took longer than ${MAX_MS} ms on this answer. Make it simpler.`, {
          cause,
        })
      }
      const isMatch = context.isMatch === true
      return passed(isMatch !== absent, isMatch ? 'matches' : 'does not match')
    }
  },
})

const MATCH = new Script('isMatch = expression.test(text)')

function compile(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags)
  } catch (thrown) {
    throw optionsFailure('regex', messageOf(thrown))
  }
}

/** True for a repeated group that holds a repetition: `(a+)*`, `(?:x{2,}y)+`. Errs towards refusing. */
export function hasNestedQuantifier(pattern: string): boolean {
  const open: boolean[] = []
  const isRepetition = (at: number) => /^(?:[*+]|\{\d+,\d*\})/.test(pattern.slice(at, at + 12))
  let isInClass = false
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]
    if (character === '\\') at++
    else if (isInClass) isInClass = character !== ']'
    else if (character === '[') isInClass = true
    else if (character === '(') open.push(false)
    else if (character === ')') {
      const holdsRepetition = open.pop() ?? false
      if (holdsRepetition && isRepetition(at + 1)) return true
      if (holdsRepetition) markOuter(open)
    } else if (isRepetition(at)) markOuter(open)
  }
  return false
}

function markOuter(open: boolean[]): void {
  if (open.length > 0) open[open.length - 1] = true
}
