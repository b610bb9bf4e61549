/** A conversation as applications see it: turns with text. */
import { z } from 'zod'

export const Turn = z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })
export type Turn = z.infer<typeof Turn>

export const lastUserTurn = (turns: readonly Turn[]): string =>
  turns.findLast((turn) => turn.role === 'user')?.content ?? ''

export const allUserTurns = (turns: readonly Turn[]): string =>
  turns
    .filter((turn) => turn.role === 'user')
    .map((turn) => turn.content)
    .join(' ')
