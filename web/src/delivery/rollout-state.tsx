/** The state of a rollout as a word with a mark of its own shape. */
import { Ban, CircleCheck, CircleDashed, CircleDot, Hand, Pause, Undo2 } from 'lucide-react'
import type { RolloutState } from '../../../sdk/index.ts'
import { say } from '../words/say.ts'

const STATES = {
  planned: { icon: CircleDashed, tone: 'text-muted', word: 'planned' },
  running: { icon: CircleDot, tone: 'text-accent', word: 'running' },
  holding: { icon: Hand, tone: 'text-stale', word: 'holding' },
  paused: { icon: Pause, tone: 'text-stale', word: 'paused' },
  completed: { icon: CircleCheck, tone: 'text-pass', word: 'completed' },
  'rolled-back': { icon: Undo2, tone: 'text-fail', word: say('rollout-state.rolled-back') },
  aborted: { icon: Ban, tone: 'text-fail', word: 'aborted' },
} as const

export function RolloutStateLabel({ state }: { state: RolloutState }) {
  const { icon: Icon, tone, word } = STATES[state]
  return (
    <span className={`inline-flex items-center gap-1.5 align-middle whitespace-nowrap ${tone}`}>
      <Icon size={14} aria-hidden /> {word}
    </span>
  )
}

export const isOpen = (state: RolloutState): boolean => ['planned', 'running', 'holding', 'paused'].includes(state)
