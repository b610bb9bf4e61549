/** How the live traffic of a stage is split between control and candidate. */
import type { ServedStage } from '../../../sdk/index.ts'
import { percent } from '../data/format.ts'
import { say } from '../words/say.ts'

export function ShareBar({ stage, words = true }: { stage: ServedStage; words?: boolean }) {
  if (!stage.release) return null
  const share = stage.rollout?.share ?? 0
  const control = `r${stage.release.number} ${percent(1 - share, 0)}`
  const candidate = stage.rollout ? `r${stage.rollout.candidate.number} ${percent(share, 0)}` : ''
  return (
    <span className="inline-flex w-full min-w-16 flex-col gap-1">
      <span
        role="img"
        aria-label={say('share-bar.live-share', { control, candidate })}
        className="flex h-1.5 w-full overflow-hidden rounded-full bg-control"
      >
        <span className="ml-auto bg-candidate transition-[width] duration-150" style={{ width: `${share * 100}%` }} />
      </span>
      {words && (
        <span className="flex justify-between text-[0.75rem] text-muted">
          <span>{control}</span>
          <span className="text-candidate">{candidate}</span>
        </span>
      )}
    </span>
  )
}
