/** What the pages of gates ask for; keys begin with the topic whose change makes them old. */
import { queryOptions } from '@tanstack/react-query'
import type { GatedStage, Persona, Waiver } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'

export const nextStepsAt = (id: string, stage: GatedStage, persona?: Persona) =>
  queryOptions({
    queryKey: ['gate', id, stage, 'next', persona],
    queryFn: () => client.getNextSteps({ params: { id, stage }, query: { persona } }),
  })

/** The checks as this release is asked them, with tier and overlay. */
export const gateChecks = (id: string, stage: GatedStage) =>
  queryOptions({
    queryKey: ['gate', id, stage, 'checks'],
    queryFn: () => client.listGateChecks({ params: { id, stage } }),
  })

export const gateDecisions = (id: string, stage: GatedStage) =>
  queryOptions({
    queryKey: ['gate', id, stage, 'decisions'],
    queryFn: () => client.listGateDecisions({ params: { id }, query: { into: stage, limit: 50 } }),
  })

export const flow = (name: string) =>
  queryOptions({ queryKey: ['gate', 'flow', name], queryFn: () => client.getFlow({ params: { name } }) })

export const debt = (name: string) =>
  queryOptions({ queryKey: ['gate', 'debt', name], queryFn: () => client.getDebt({ params: { name } }) })

export const readiness = (id: string) =>
  queryOptions({
    queryKey: ['gate', id, 'readiness'],
    queryFn: () => client.getReleaseReadiness({ params: { id } }),
  })

export const challenges = (query: { application?: string; evidence?: string }) =>
  queryOptions({
    queryKey: ['challenge', query],
    queryFn: () => client.listChallenges({ query: { ...query, limit: 200 } }),
  })

export type WaiverFilter = { application?: string | undefined; state?: Waiver['state'] | undefined }
