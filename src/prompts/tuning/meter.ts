/**
 * The budget of a tuning: questions to models, whoever is asked. Invariant: what was counted is never more than the
 * budget, because a question is counted before it is sent.
 */
export type Meter = {
  /** Counts so many questions, or says that the budget does not pay for them and counts none. */
  take(questions: number): boolean
  /** No further question is paid for, and why; the first reason stays. */
  end(why: string): void
  /** Null while it was not ended before its time. */
  readonly endedBy: string | null
  /** Sets what was spent in steps that are done, of this run or of one before it. */
  settle(spent: number): void
}

export function createMeter(budget: number): Meter {
  let spent = 0
  let endedBy: string | null = null
  return {
    take(questions) {
      if (endedBy !== null || spent + questions > budget) return false
      spent += questions
      return true
    },
    end(why) {
      endedBy ??= why
    },
    get endedBy() {
      return endedBy
    },
    settle(settled) {
      spent = settled
    },
  }
}
