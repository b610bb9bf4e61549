/** A part that another one names and that is not there. */
import type { Problem } from '../../kernel/failure.ts'

export const missing = ({
  file,
  field,
  what,
  name,
  have,
  put,
}: {
  file: string
  field: string
  what: string
  name: string
  have: readonly { name: string }[]
  put: string
}): Problem => ({
  file,
  field,
  message: `there is no ${what} ${name}`,
  remedy: `Add it as ${put}${have.length > 0 ? `, or choose one of ${have.map((one) => one.name).join(', ')}` : ''}.`,
})
