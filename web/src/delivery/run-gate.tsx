/** Runs what the machine can answer: first what it will cost, then the button, then how far it is. */
import { useParameter } from '../data/address.ts'
import { minutes, money } from '../data/format.ts'
import { Button, Price } from '../ui/button.tsx'
import { Progress } from '../ui/progress.tsx'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import type { GateRun } from './gate-run.ts'

type Props = {
  run: GateRun
  /** How many of the checks that hold the gate it can answer alone. */
  answers: number
  /** Checks that went stale since they were answered, and that the machine answers. */
  stale: readonly string[]
}

export function RunGate({ run, answers, stale }: Props) {
  const [wish, setWish] = useParameter('do')
  const { plan, running, isRunning } = run
  const checks = plan?.producers.flatMap((producer) => producer.checks).length ?? 0
  if (checks === 0 && !running) return null
  const start = (only?: string[]) => {
    run.start(only)
    setWish(undefined)
  }
  return (
    <div className="mb-2 rounded border border-line p-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <p className="min-w-0 flex-1 basis-72" aria-live="polite">
          {wordsOf(run, { wish, answers, stale: stale.length })}
        </p>
        {stale.length > 0 && stale.length < checks && (
          <Button busy={isRunning} onClick={() => start([...stale])}>
            {say('run-gate.run-what-went-stale')} <Price>{stale.length}</Price>
          </Button>
        )}
        {checks > 0 && (
          <Button tone={answers > 0 ? 'primary' : 'plain'} busy={isRunning} onClick={() => start()}>
            {sayWith('run-gate.run-what-can-be-run', {
              plan: plan && (
                <Price>
                  {money(plan.costMicroUsd)} · {minutes(plan.minutes)}
                </Price>
              ),
            })}
          </Button>
        )}
      </div>
      {isRunning && running && (
        <Progress done={running.progress.done} total={running.progress.total} label={say('run-gate.run-of-the-gate')} />
      )}
      {run.error !== null && <Trouble failure={run.error} />}
      {run.isOverBudget && <p className="mt-2 text-fail">{say('run-gate.it-would-cost-more-than-is-left')}</p>}
      {run.isNothing && (
        <p className="mt-2 text-muted">{say('run-gate.nothing-here-answers-that-by-itself-nothing')}</p>
      )}
    </div>
  )
}

function wordsOf(
  { running, isRunning }: GateRun,
  { wish, answers, stale }: { wish: string | undefined; answers: number; stale: number },
): string {
  if (isRunning) return running?.progress.message || say('run-gate.running')
  if (running?.state === 'failed') return say('run-gate.it-could-not-finish', { error: running.error })
  if (running?.state === 'succeeded')
    return running.progress.message === 'Done' ? say('run-gate.done-the-answers-are-below') : running.progress.message
  if (wish === 'run') return say('run-gate.run-these-checks-now-this-is-what')
  if (answers === 0) return say('run-gate.nothing-is-left-that-the-machine-could')
  const went =
    stale > 0
      ? say('run-gate.of-them-went-stale-everything-else-keeps', { checks: say('many.check', { n: stale }) })
      : ''
  return say('run-gate.can-be-answered-by-the-machine-documents', { checks: say('many.check', { n: answers }), went })
}
