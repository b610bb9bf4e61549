/** Running what the machine can answer: all that is open, or single checks; followed until it ends. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { GatedStage, RunPlan } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { job, useMay } from '../data/queries.ts'
import type { Job } from '../data/shapes.ts'

export type GateRun = {
  /** What all that is open would take; undefined while it is not known, or may not be asked. */
  readonly plan: RunPlan | undefined
  readonly running: Job | undefined
  readonly isRunning: boolean
  readonly error: unknown
  readonly isOverBudget: boolean
  /** Nothing was left to run when it was asked. */
  readonly isNothing: boolean
  start(checks?: string[]): void
}

export function useGateRun(id: string, stage: GatedStage, isHeld: boolean): GateRun {
  const [started, setStarted] = useState<string>()
  const may = useMay()
  const cache = useQueryClient()
  const plan = useQuery({
    queryKey: ['gate', id, stage, 'plan'],
    queryFn: async () => (await client.runGate({ params: { id, stage }, body: { dryRun: true } })).body.plan,
    enabled: isHeld && may('build'),
  }).data
  const run = useMutation({
    mutationFn: (checks: string[] | undefined) =>
      client.runGate({ params: { id, stage }, body: checks ? { checks } : {} }),
    onSuccess: ({ body }) => setStarted(body.kind === 'started' ? body.job : undefined),
  })
  const running = useQuery({ ...job(started ?? ''), enabled: started !== undefined }).data
  const state = started === undefined ? undefined : running?.state
  useEffect(() => {
    if (state === 'succeeded' || state === 'failed')
      void cache.invalidateQueries({
        predicate: ({ queryKey }) => ['gate', 'evidence', 'release'].includes(String(queryKey[0])),
      })
  }, [state, cache])
  const kind = run.data?.body.kind
  return {
    plan,
    running: started === undefined ? undefined : running,
    isRunning: run.isPending || state === 'queued' || state === 'running',
    error: run.error,
    isOverBudget: kind === 'over-budget',
    isNothing: kind === 'nothing-to-run',
    start: (checks) => run.mutate(checks),
  }
}
