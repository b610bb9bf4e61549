/**
 * A regular expression that somebody else wrote. One can take longer than the universe, so: a repeated group that holds
 * a repetition is refused, text is cut at 20,000 characters, and every match runs under a time limit (a plain `test`
 * cannot be interrupted, one in a VM context can; it costs 0.3 ms a row).
 */
import { createContext, Script } from 'node:vm'

const MAX_PATTERN = 1_000
const MAX_TEXT = 20_000
const MAX_MS = 100
/** On a busy machine a harmless one can be held up; a second look has more time. */
const SECOND_LOOK_MS = 1_000

export type BoundedExpression = {
  /** Throws when it takes longer than it may. */
  test(text: string): boolean
}

/** Throws an `Error` that says what is wrong with the pattern. */
export function boundedExpression(pattern: string, flags: string): BoundedExpression {
  if (pattern.length > MAX_PATTERN) throw new Error(`a pattern has at most ${MAX_PATTERN} characters`)
  if (hasNestedQuantifier(pattern))
    throw new Error(
      `${pattern} repeats a group that repeats itself, which can take for ever; write it without the outer or the inner repetition`,
    )
  const context = createContext({ expression: new RegExp(pattern, flags), text: '', isMatch: false })
  return {
    test(text) {
      context.text = text.slice(0, MAX_TEXT)
      const match = (timeout: number) => MATCH.runInContext(context, { timeout })
      try {
        match(MAX_MS)
      } catch {
        try {
          match(SECOND_LOOK_MS)
        } catch (cause) {
          throw new Error(
            `The expression ${pattern} took longer than ${SECOND_LOOK_MS} ms on this answer. Make it simpler.`,
            {
              cause,
            },
          )
        }
      }
      return context.isMatch === true
    },
  }
}

const MATCH = new Script('isMatch = expression.test(text)')

/** True for a repeated group that holds a repetition: `(a+)*`, `(?:x{2,}y)+`. Errs towards refusing. */
function hasNestedQuantifier(pattern: string): boolean {
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
