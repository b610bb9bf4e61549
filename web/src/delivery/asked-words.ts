/** What a requirement asks for, as people say it. */
import type { Check } from '../../../sdk/index.ts'
import { number } from '../data/format.ts'
import { say } from '../words/say.ts'

type Requirement = Check['requires'][number]

const BOUNDS: Readonly<Record<Requirement['bound'], string>> = {
  value: '',
  low: say('asked-words.at-the-low-end-of-its-interval'),
  high: say('asked-words.at-the-high-end-of-its-interval'),
}

/** `at least 0.85, at the low end of its interval`. */
export function asked({ atLeast, atMost, above, equals, bound }: Requirement): string {
  if (equals !== undefined) return equals === true ? 'yes' : equals === false ? 'no' : String(equals)
  const figures = [
    ...(atLeast === undefined ? [] : [say('asked-words.at-least', { atLeast: number(atLeast) })]),
    ...(atMost === undefined ? [] : [say('asked-words.at-most', { atMost: number(atMost) })]),
    ...(above === undefined ? [] : [`above ${number(above)}`]),
  ]
  return figures.join(', ') + BOUNDS[bound]
}
