/** Runs what the machine can answer: first what it will cost, then the button, then how far it is. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { GatedStage, RunPlan } from '../../../sdk/index.ts'
import { useParameter } from '../data/address.ts'
import { client } from '../data/client.ts'
import { many, minutes, money } from '../data/format.ts'
import { job, useMay } from '../data/queries.ts'
import { Button, Price } from '../ui/button.tsx'
import { Progress } from '../ui/progress.tsx'
import { Trouble } from '../ui/states.tsx'

/** What a run would do; undefined while it is not known, or may not be asked. */
export function useRunPlan(id: string, stage: GatedStage, isHeld: boolean): RunPlan | undefined {
  const may = useMay()
  return useQuery({
    queryKey: ['gate', id, stage, 'plan'],
    queryFn: async () => (await client.runGate({ params: { id, stage }, body: { dryRun: true } })).body.plan,
    enabled: isHeld && may('build'),
  }).data
}

type Props = {
  id: string
  stage: GatedStage
  plan: RunPlan | undefined
  /** How many of the checks that hold the gate it can answer alone. */
  answers: number
}

export function RunGate({ id, stage, plan, answers }: Props) {
  const [started, setStarted] = useState<string>()
  const [wish, setWish] = useParameter('do')
  const cache = useQueryClient()
  const run = useMutation({
    mutationFn: () => client.runGate({ params: { id, stage }, body: { dryRun: false } }),
    onSuccess: ({ body }) => {
      if (body.kind === 'started') setStarted(body.job)
    },
  })
  const running = useQuery({ ...job(started ?? ''), enabled: started !== undefined }).data
  const state = running?.state
  useEffect(() => {
    if (state === 'succeeded' || state === 'failed')
      void cache.invalidateQueries({
        predicate: ({ queryKey }) => ['gate', 'evidence', 'release'].includes(String(queryKey[0])),
      })
  }, [state, cache])
  const checks = plan?.producers.flatMap((producer) => producer.checks).length ?? 0
  if (checks === 0 && !running) return null
  const isRunning = run.isPending || state === 'queued' || state === 'running'
  return (
    <div className="mb-2 rounded border border-line p-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <p className="min-w-0 flex-1 basis-72">
          {isRunning && running
            ? running.progress.message || 'Running.'
            : state === 'succeeded'
              ? 'Done; the answers are below.'
              : state === 'failed'
                ? `It could not finish: ${running?.error}`
                : wish === 'run'
                  ? 'Run these checks now? This is what it takes.'
                  : answers > 0
                    ? `${many(answers, 'check')} can be answered by the machine; documents that people wrote meanwhile are read too.`
                    : 'Nothing is left that the machine could answer alone. A run reads what people wrote meanwhile, and measures again.'}
        </p>
        {checks > 0 && (
          <Button
            tone={answers > 0 ? 'primary' : 'plain'}
            busy={isRunning}
            onClick={() => {
              run.mutate()
              setWish(undefined)
            }}
          >
            Run what can be run{' '}
            {plan && (
              <Price>
                {money(plan.costMicroUsd)} · {minutes(plan.minutes)}
              </Price>
            )}
          </Button>
        )}
      </div>
      {isRunning && running && (
        <Progress done={running.progress.done} total={running.progress.total} label="Run of the gate" />
      )}
      {run.error && <Trouble failure={run.error} />}
      {run.data?.body.kind === 'over-budget' && (
        <p className="mt-2 text-fail">It would cost more than is left of the budget. Nothing was run.</p>
      )}
    </div>
  )
}
