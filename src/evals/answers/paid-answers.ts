/**
 * Answers that work was given and paid for before it ended, so that the same work, asked for again after a cap or a
 * crash, goes on from them. It is known by all that decides what it asks; once it is whole, nothing of it is taken again.
 *
 * Invariant: a question is asked again as often as it was asked before, and no less: each answer stands for one asking.
 */
import { type Digest, digestOf } from '../../kernel/digest.ts'
import { type Clock, DAY, later } from '../../kernel/time.ts'
import type { Database } from '../../store/database.ts'
import type { Reach } from '../evaluators/index.ts'
import { findPaid, keepPaid, removePaid, removePaidBefore } from './store.ts'

/** Longer than a month, after which any cap has opened. */
const KEPT_DAYS = 40

export type PaidWork = {
  /** The answer to exactly this question: from before, or asked for now and kept. What is thrown is not kept. */
  once<Answer>(question: unknown, ask: () => Promise<Answer>): Promise<Answer>
  /** All of it was done. */
  end(): Promise<void>
}
export type PaidAnswers = {
  /** @param work all that decides what is asked: the same again goes on */
  begin(work: unknown): PaidWork
}

export function createPaidAnswers({
  db,
  clock,
  organisation,
}: {
  db: Database
  clock: Clock
  organisation: string
}): PaidAnswers {
  return {
    begin(given) {
      const work = digestOf(given)
      const asked = new Map<Digest, number>()
      const cleaned = removePaidBefore(db, later(clock(), -KEPT_DAYS * DAY))
      // Whoever asks hears of a database that is away; what is old may stay for another time.
      cleaned.catch(() => {})
      return {
        async once<Answer>(question: unknown, ask: () => Promise<Answer>): Promise<Answer> {
          const about = digestOf(question)
          const times = (asked.get(about) ?? 0) + 1
          asked.set(about, times)
          const key = digestOf({ work, about, times })
          const before = await findPaid(db, { key, organisation })
          // Of this key nothing else was kept than what `ask` gave.
          if (before) return before.answer as Answer
          const answer = await ask()
          await keepPaid(db, { key, organisation, work, answer, at: clock() })
          return answer
        },
        end: () => removePaid(db, { work, organisation }),
      }
    },
  }
}

/** Judges and models of vectors, asked on behalf of such work. */
export const reachThrough = <Given extends Omit<Reach, 'signal'>>(reach: Given, work: PaidWork): Given => {
  const { askJudge, embed } = reach
  return {
    ...reach,
    ...(askJudge && {
      askJudge: (ask: Parameters<typeof askJudge>[0]) => {
        const { signal: _, ...question } = ask
        return work.once({ judge: question }, () => askJudge(ask))
      },
    }),
    ...(embed && {
      embed: async (ask: Parameters<typeof embed>[0]) => {
        const { model, texts } = ask
        const { vectors, costMicroUsd } = await work.once({ vectors: { model, texts } }, async () => {
          const found = await embed(ask)
          return { ...found, vectors: found.vectors.map((vector) => [...vector]) }
        })
        return { vectors: vectors.map((vector) => Float32Array.from(vector)), costMicroUsd }
      },
    }),
  }
}
