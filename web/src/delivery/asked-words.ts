/** What a requirement asks for, as people say it. */
import type { Check } from '../../../sdk/index.ts'
import { number } from '../data/format.ts'

type Requirement = Check['requires'][number]

const BOUNDS: Readonly<Record<Requirement['bound'], string>> = {
  value: '',
  low: ', at the low end of its interval',
  high: ', at the high end of its interval',
}

/** `at least 0.85, at the low end of its interval`. */
export function asked({ atLeast, atMost, above, equals, bound }: Requirement): string {
  if (equals !== undefined) return equals === true ? 'yes' : equals === false ? 'no' : String(equals)
  const figures = [
    ...(atLeast === undefined ? [] : [`at least ${number(atLeast)}`]),
    ...(atMost === undefined ? [] : [`at most ${number(atMost)}`]),
    ...(above === undefined ? [] : [`above ${number(above)}`]),
  ]
  return figures.join(', ') + BOUNDS[bound]
}
