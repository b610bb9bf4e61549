/** The steps of the plan: done, now, to come. */
import type { ServedRollout } from '../../../sdk/index.ts'
import { number, percent } from '../data/format.ts'
import { say } from '../words/say.ts'
import { isOpen } from './rollout-state.tsx'

export function StepTrack({ rollout }: { rollout: ServedRollout }) {
  return (
    <ol aria-label={say('step-track.steps-of-the-plan')} className="flex max-w-xl gap-1.5">
      {rollout.plan.steps.map((share, index) => {
        const isNow = index === rollout.step && isOpen(rollout.state)
        const isDone = index < rollout.step || rollout.state === 'completed'
        const seen = rollout.statistics.find(({ step }) => step === index)?.firstSeen
        return (
          <li key={share} aria-current={isNow ? 'step' : undefined} className="min-w-0 flex-1">
            <span
              className={`block h-1.5 rounded-full ${isDone ? 'bg-candidate' : isNow ? 'bg-candidate opacity-60' : 'bg-line'}`}
            />
            <span className="mt-1 flex flex-wrap justify-between gap-x-2 text-[0.75rem] text-muted">
              <span className={isNow ? 'font-medium text-text' : ''}>{percent(share, 0)}</span>
              {seen && <span>{say('step-track.users', { control: number(seen.control + seen.candidate) })}</span>}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
