/** How often each model of a step was asked for one answer, and who may be asked next. */
import { Failure } from '../kernel/failure.ts'
import { monotonicMs } from '../kernel/time.ts'
import { actionOf } from '../models/index.ts'
import type { AskedPart, FallingBack } from './falling-back.ts'

type Tries = {
  /** Whether somebody else may be asked when this one is silent. */
  hasOther(one: AskedPart): boolean
  /** Who is asked after this failure, and after which pause; undefined when nobody may be. */
  after(failed: AskedPart, thrown: unknown): { readonly asked: AskedPart; readonly pauseMs: number } | undefined
}

/** @param retries how often somebody is asked again; as often as there are others where it is undefined, once at least */
export function createTries(given: {
  order: readonly AskedPart[]
  retries: number | undefined
  fallingBack: FallingBack | undefined
}): Tries {
  const { order, fallingBack } = given
  const most = fallingBack ? (given.retries ?? Math.max(1, order.length - 1)) : 0
  const asked = new Map<string, { times: number; untilMs: number }>()
  const spent = new Set<string>()
  let made = 0
  const left = () => order.filter(({ part }) => !spent.has(part.name))
  return {
    hasOther: (one) => made < most && left().some((other) => other !== one),
    after({ part: { name } }, thrown) {
      const times = (asked.get(name)?.times ?? 0) + 1
      asked.set(name, { times, untilMs: monotonicMs() + (retryAfterOf(thrown) ?? 0) })
      // A key that is refused, a model that is not there, one that is silent: asking it again changes nothing.
      if (actionOf(thrown) !== 'retry') spent.add(name)
      made += 1
      if (made > most) return undefined
      const targets = left().map((one) => ({ name: one.part.name, model: one.part.model, one }))
      const next = fallingBack?.next({ targets, asked, made })
      return next && { asked: next.target.one, pauseMs: next.pauseMs }
    },
  }
}

/** How long a model asks to be left alone, in milliseconds. */
export const retryAfterOf = (thrown: unknown): number | undefined =>
  thrown instanceof Failure && typeof thrown.facts.retryAfterMs === 'number' ? thrown.facts.retryAfterMs : undefined
