/** Outcomes on their way to rollouts: while the database is away they wait here, because their events are told once. */

import type { Access } from '../access/index.ts'
import type { Outcome } from '../core/outcome.ts'
import type { Delivery } from '../delivery/index.ts'
import { SECOND } from '../kernel/time.ts'
import { isAway } from '../store/database-error.ts'
import { outcomesOfFeedback, type Telemetry } from '../telemetry/index.ts'
import { createOutcomesOf } from './answer-schema.ts'
import { countLeftOver } from './limits.ts'

const AGAIN_MS = 2 * SECOND
/** Some minutes of traffic; what comes after is left out, and rollouts wait for more. */
const MOST_WAITING = 100_000

/** Tells rollouts of requests and of feedback, and caps of what was left over at a crash. */
export function joinOutcomes({
  delivery,
  telemetry,
  access,
  report,
}: {
  delivery: Pick<Delivery, 'observe' | 'releaseInMemory'>
  telemetry: Pick<Telemetry, 'recorder' | 'onFeedback'>
  access: Access
  report: (thrown: unknown, where?: string) => void
}) {
  const outcomes = createOutcomes({ observe: delivery.observe, report })
  const outcomesOf = createOutcomesOf(delivery.releaseInMemory)
  telemetry.recorder.onSettled((event) => {
    const found = outcomesOf(event)
    if (!(found instanceof Promise)) return outcomes.tell(found)
    void found.then(outcomes.tell, (thrown) => report(thrown, 'outcomes'))
  })
  telemetry.recorder.onLeftOver(countLeftOver(access))
  telemetry.onFeedback((feedback, trace) => outcomes.tell(outcomesOfFeedback(feedback, trace)))
  return { close: outcomes.close }
}

function createOutcomes({
  observe,
  report,
}: {
  /** Counting an event twice changes nothing. */
  observe: (outcomes: readonly Outcome[]) => Promise<unknown>
  report: (thrown: unknown, where?: string) => void
}) {
  let waiting: Outcome[] = []
  let timer: NodeJS.Timeout | undefined

  function tell(outcomes: readonly Outcome[]): void {
    if (outcomes.length === 0) return
    // While it is known to be away nobody asks it for each event, which would pile up at its door.
    if (timer) {
      keep(outcomes)
      return
    }
    observe(outcomes).catch((thrown) => {
      if (!isAway(thrown)) return report(thrown, 'outcomes')
      keep(outcomes)
      timer ??= setTimeout(again, AGAIN_MS)
      timer.unref()
    })
  }
  function keep(outcomes: readonly Outcome[]): void {
    if (waiting.length < MOST_WAITING) waiting.push(...outcomes)
  }
  function again(): void {
    timer = undefined
    const outcomes = waiting
    waiting = []
    tell(outcomes)
  }
  return { tell, close: () => clearTimeout(timer) }
}
