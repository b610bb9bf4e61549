/** What goes wrong in the background, a line each. A database that is away is met every second and told once a minute. */
import { messageOf } from '../kernel/failure.ts'
import { oneLine } from '../kernel/one-line.ts'
import { MINUTE, monotonicMs } from '../kernel/time.ts'
import { isAway } from '../store/database-error.ts'

export type Report = (thrown: unknown, where?: string) => void

export function createReport(print: (line: string) => void): Report {
  let toldAt = Number.NEGATIVE_INFINITY
  return (thrown, where = 'background') => {
    if (isAway(thrown)) {
      if (monotonicMs() - toldAt < MINUTE) return
      toldAt = monotonicMs()
    }
    print(`! ${oneLine(`${where}: ${messageOf(thrown)}`)}`)
  }
}
