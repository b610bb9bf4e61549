/** The question of an example: its last user turn. */
import type { ExperimentRow } from '../../../sdk/index.ts'

export const questionOf = (input: ExperimentRow['input']): string =>
  typeof input === 'string' ? input : (input.findLast(({ role }) => role === 'user')?.content ?? '')
