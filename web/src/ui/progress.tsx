/** How far something is; read out as it changes. */
import { number } from '../data/format.ts'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
export function Progress({ done, total, label }: { done: number; total: number | null; label: string }) {
  const share = total ? done / total : 0
  return (
    <div className="mt-3">
      <div
        role="progressbar"
        aria-label={label}
        aria-valuenow={done}
        aria-valuemin={0}
        aria-valuemax={total ?? undefined}
        className="h-1.5 overflow-hidden rounded-full bg-hover"
      >
        <div className="h-full bg-accent transition-[width] duration-150" style={{ width: `${share * 100}%` }} />
      </div>
      <p className="mt-1 text-muted" aria-live="polite">
        {sayWith('progress.of', {
          done: number(done),
          total: total === null ? say('progress.an-unknown-number') : number(total),
        })}
      </p>
    </div>
  )
}
