/** Usage patterns: what was asked comes from telemetry, its words are compared as those of coverage are. */
import type { Delivery } from '../delivery/index.ts'
import { createPatterns, type PatternsDeps, patternsHttp } from '../evals/index.ts'
import type { Telemetry } from '../telemetry/index.ts'

type Deps = Pick<PatternsDeps, 'clock'> & {
  readonly delivery: Pick<Delivery, 'getApplication'>
  readonly telemetry: Pick<Telemetry, 'asked'>
}

export function wirePatterns({ clock, delivery, telemetry }: Deps) {
  const { list, count, days } = telemetry.asked
  return {
    http: patternsHttp({
      patternsOf: createPatterns({ clock, askedOf: list, countOf: count, daysOf: days }),
      demandKnown: delivery.getApplication,
    }),
  }
}
