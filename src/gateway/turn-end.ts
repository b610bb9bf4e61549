/**
 * Requests that end in one turn of the loop are recorded together, by one write, before the last bytes of any of them
 * leave: a write of its own for each was a tenth of a small request.
 */
import type { ToSettle } from '../telemetry/index.ts'

export type TurnEnd = {
  settle(one: ToSettle): void
  /** Calls back once what was settled is written: at once where nothing waits. */
  afterwards(send: () => void): void
}

/** @param settleAll never throws */
export function createTurnEnd({
  settleAll,
  report,
}: {
  settleAll: (all: readonly ToSettle[]) => void
  report: (thrown: unknown) => void
}): TurnEnd {
  let settled: ToSettle[] = []
  let sends: (() => void)[] = []

  function end(): void {
    const all = settled
    const waiting = sends
    settled = []
    sends = []
    settleAll(all)
    for (const send of waiting)
      try {
        send()
      } catch (thrown) {
        report(thrown)
      }
  }

  return {
    settle(one) {
      if (settled.push(one) === 1) setImmediate(end)
    },
    afterwards(send) {
      if (settled.length > 0) sends.push(send)
      else send()
    },
  }
}
