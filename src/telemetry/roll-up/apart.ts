/** What the sums of a day keep apart. Pure. */
import { z } from 'zod'

/** Of each request a day has one sum of each kind: what is not kept apart is null in it. */
export const Apart = z.enum(['nothing', 'application', 'model', 'everything'])
export type Apart = z.infer<typeof Apart>

type Asked = {
  readonly columns: readonly string[]
  readonly where: Readonly<Record<string, string | undefined>>
}

/** The fewest sums that tell apart what is asked for. */
export function apartOf({ columns, where }: Asked): Apart {
  const filters = Object.entries(where).flatMap(([name, value]) => (value === undefined ? [] : [name]))
  const asked = new Set([...columns.filter((column) => column !== 'day'), ...filters])
  if (asked.size === 0) return 'nothing'
  const [only] = asked
  return asked.size === 1 && (only === 'application' || only === 'model') ? only : 'everything'
}
