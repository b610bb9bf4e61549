/**
 * Calls of tools held against those expected: each argument has a list of accepted values, as the Berkeley function
 * calling leaderboard has it, where `""` among them means that the argument may be left out.
 */
import { z } from 'zod'
import type { ToolCall } from './evaluator.ts'

/** `{name, arguments}` with lists of accepted values; a value that is no list is the one that is accepted. */
export const ExpectedCall = z.object({
  name: z.string().min(1),
  arguments: z.record(z.string(), z.unknown()).default({}),
})
export type ExpectedCall = z.infer<typeof ExpectedCall>

export type Matched = {
  /** Expected calls with what was wrong with each; empty when it was made rightly. */
  readonly expected: readonly { readonly call: ExpectedCall; readonly problem: string }[]
  /** Calls that nothing expects. */
  readonly extra: readonly ToolCall[]
}

/** Pairs calls with what is expected, best first; the order of calls does not matter. */
export function matchCalls(calls: readonly ToolCall[], expected: readonly ExpectedCall[]): Matched {
  const left = [...calls]
  const open: { call: ExpectedCall; problem: string }[] = []
  const done: { call: ExpectedCall; problem: string }[] = []
  for (const call of expected) {
    const at = left.findIndex((made) => problemOf(made, call) === '')
    if (at < 0) open.push({ call, problem: '' })
    else {
      left.splice(at, 1)
      done.push({ call, problem: '' })
    }
  }
  // What is left is told by the call of the same name, if there is one.
  const wrong = open.map(({ call }) => {
    const at = left.findIndex(({ name }) => name === call.name)
    const made = at < 0 ? undefined : left.splice(at, 1)[0]
    return { call, problem: made ? problemOf(made, call) : `${call.name} was not called` }
  })
  return { expected: [...done, ...wrong], extra: left }
}

/** What is wrong with a call, in words; empty when nothing is. */
export function problemOf(made: ToolCall, wanted: ExpectedCall): string {
  if (made.name !== wanted.name) return `${made.name} instead of ${wanted.name}`
  const unknown = Object.keys(made.arguments).find((name) => !Object.hasOwn(wanted.arguments, name))
  if (unknown !== undefined) return `${made.name} has the argument ${unknown}, which is not expected`
  for (const [name, value] of Object.entries(wanted.arguments)) {
    const accepted = Array.isArray(value) ? value : [value]
    if (!Object.hasOwn(made.arguments, name)) {
      if (accepted.includes('') || accepted.length === 0) continue
      return `${made.name} lacks the argument ${name}`
    }
    const given = made.arguments[name]
    // No value is accepted where the list is empty, but for an empty list.
    const isEmptyList = accepted.length === 0 && Array.isArray(given) && given.length === 0
    if (!isEmptyList && !accepted.some((one) => isAccepted(given, one)))
      return `${made.name} has ${name} = ${JSON.stringify(given)}, expected ${accepted.map((one) => JSON.stringify(one)).join(' or ')}`
  }
  return ''
}

/** Texts alike but for case, spaces and `,./-_*^'"`; numbers by value; lists and objects part by part. */
function isAccepted(given: unknown, accepted: unknown): boolean {
  if (typeof given === 'string' && typeof accepted === 'string') return plain(given) === plain(accepted)
  if (Array.isArray(given) && Array.isArray(accepted))
    return given.length === accepted.length && given.every((value, at) => isAccepted(value, accepted[at]))
  if (isRecord(given) && isRecord(accepted)) {
    const names = new Set([...Object.keys(given), ...Object.keys(accepted)])
    return [...names].every((name) => {
      const options = accepted[name]
      const list = Array.isArray(options) ? options : [options]
      if (!Object.hasOwn(given, name)) return list.includes('')
      return (
        Object.hasOwn(accepted, name) &&
        (list.some((one) => isAccepted(given[name], one)) || isAccepted(given[name], options))
      )
    })
  }
  return given === accepted
}

const plain = (text: string): string => text.replace(/[ ,./\-_*^'"]/g, '').toLowerCase()
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Calls in an answer's text: a list or one of `{name, arguments}`, `{function: {name, arguments}}` or `{name: {…}}`. */
export function callsIn(answer: string): ToolCall[] | undefined {
  const text = /```\w*\n([\s\S]*?)```/.exec(answer)?.[1] ?? answer
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const list = Array.isArray(value)
    ? value
    : isRecord(value) && Array.isArray(value.tool_calls)
      ? value.tool_calls
      : [value]
  const calls = list.map(callOf)
  return calls.every((call) => call !== undefined) ? calls : undefined
}

/** One call in any of these forms; undefined for anything else. */
export function callOf(value: unknown): ToolCall | undefined {
  if (!isRecord(value)) return undefined
  if (isRecord(value.function)) return callOf(value.function)
  if (typeof value.name === 'string') {
    const given = typeof value.arguments === 'string' ? parsed(value.arguments) : (value.arguments ?? {})
    return isRecord(given) ? { name: value.name, arguments: given } : undefined
  }
  const [entry, ...more] = Object.entries(value)
  return entry && more.length === 0 && isRecord(entry[1]) ? { name: entry[0], arguments: entry[1] } : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
