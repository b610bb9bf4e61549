/**
 * What pages ask the server for. Every key begins with the topic of the change event that makes it old.
 * Reading is here; acting is in the slice that has the button.
 */
import { queryOptions, useQuery } from '@tanstack/react-query'
import type { GatedStage, Permission, ServedRollout } from '../../../sdk/index.ts'
import { client } from './client.ts'

export const me = queryOptions({ queryKey: ['me'], queryFn: () => client.getMe(), staleTime: 300_000 })

/** Below the application, so that whatever changes of it asks again. */
export const integrations = (name: string) =>
  queryOptions({
    queryKey: ['application', name, 'integrations'],
    queryFn: () => client.listIntegrations({ params: { name } }),
  })

/** For choosers: how applications stand is not looked at. */
export const applicationNames = queryOptions({
  queryKey: ['application', 'names'],
  queryFn: () => client.listApplicationNames(),
})
export const useApplicationNames = (): string[] => useQuery(applicationNames).data?.items.map(({ name }) => name) ?? []

export const application = (name: string) =>
  queryOptions({
    queryKey: ['application', name],
    queryFn: () => client.getApplication({ params: { name }, query: { documents: 'true' } }),
  })

export const blueprint = (name: string) =>
  queryOptions({
    queryKey: ['application', name, 'blueprint'],
    queryFn: () => client.getBlueprint({ params: { name } }),
  })

export const limits = (name: string) =>
  queryOptions({ queryKey: ['application', name, 'limits'], queryFn: () => client.getLimits({ params: { name } }) })

/** How far the example is that plays at the first start. */
export const example = queryOptions({
  queryKey: ['example'],
  queryFn: () => client.getExample(),
  refetchInterval: ({ state }) => (state.data && ['queued', 'running'].includes(state.data.state) ? 2000 : false),
})

export const templates = queryOptions({
  queryKey: ['template'],
  queryFn: () => client.listTemplates(),
  staleTime: 300_000,
})

export const releases = (name: string) =>
  queryOptions({
    queryKey: ['release', 'list', name],
    queryFn: () => client.listReleases({ params: { name }, query: { limit: 100 } }),
  })

export const release = (id: string) =>
  queryOptions({ queryKey: ['release', id], queryFn: () => client.getRelease({ params: { id } }) })

export const changes = (id: string) =>
  queryOptions({ queryKey: ['release', id, 'changes'], queryFn: () => client.getReleaseChanges({ params: { id } }) })

export const gate = (id: string, stage: GatedStage) =>
  queryOptions({ queryKey: ['gate', id, stage], queryFn: () => client.getGate({ params: { id, stage } }) })

export const catalogue = queryOptions({
  queryKey: ['catalogue'],
  queryFn: () => client.getCatalogue(),
  staleTime: 300_000,
})

export const waivers = (release: string) =>
  queryOptions({ queryKey: ['waiver', release], queryFn: () => client.listWaivers({ query: { release } }) })

/** What was asked of people, newest first. */
export const approvals = queryOptions({
  queryKey: ['approval', 'list'],
  queryFn: () => client.listApprovals({ query: { limit: 200 } }),
})

/** Below approvals, so that a signature asks again. */
export const approvers = queryOptions({
  queryKey: ['approval', 'approvers'],
  queryFn: () => client.listApprovers({ query: {} }),
})

export const decisionSheet = (id: string) =>
  queryOptions({ queryKey: ['approval', id], queryFn: () => client.getDecisionSheet({ params: { id } }) })

/** What overseers look at, newest first. */
export const heldAnswers = queryOptions({
  queryKey: ['held-answer'],
  queryFn: () => client.listHeldAnswers({ query: { limit: 200 } }),
})

/** Calls of tools that overseers let be made, newest first. */
export const heldCalls = queryOptions({
  queryKey: ['held-answer', 'calls'],
  queryFn: () => client.listHeldCalls({ query: { limit: 200 } }),
})

/** Who oversees which applications, and how their stops stand. */
export const oversight = queryOptions({
  queryKey: ['held-answer', 'standing'],
  queryFn: () => client.listOversight(),
})

/** What audits found, newest first. */
export const findings = queryOptions({
  queryKey: ['finding'],
  queryFn: () => client.listFindings({ query: { limit: 500 } }),
})

export const dossierSections = (id: string) =>
  queryOptions({ queryKey: ['release', id, 'dossier'], queryFn: () => client.listDossierSections({ params: { id } }) })

export const evidenceKeys = queryOptions({ queryKey: ['evidence-key'], queryFn: () => client.listEvidenceKeys() })

export const evidenceList = (query: { release?: string; check?: string; application?: string }) =>
  queryOptions({
    queryKey: ['evidence', query],
    queryFn: () => client.listEvidence({ query: { ...query, limit: 200 } }),
  })

export const evidence = (id: string) =>
  queryOptions({ queryKey: ['evidence', id], queryFn: () => client.getEvidence({ params: { id } }) })

export const experiments = (query: { release?: string; application?: string }) =>
  queryOptions({ queryKey: ['experiment', query], queryFn: () => client.listExperiments({ query }) })

export const experiment = (id: string) =>
  queryOptions({ queryKey: ['experiment', id], queryFn: () => client.getExperiment({ params: { id } }) })

export const modelCards = (text: string) =>
  queryOptions({
    queryKey: ['model-card', 'list', text],
    queryFn: () => client.listModelCards({ query: { limit: 1000, ...(text !== '' && { text }) } }),
  })

export const modelCard = (model: string) =>
  queryOptions({ queryKey: ['model-card', model], queryFn: () => client.getModelCard({ params: { model } }) })

/** Told anew by each gateway that has something to do, every second. */
export const gatewayReports = queryOptions({
  queryKey: ['gateway'],
  queryFn: () => client.listGatewayReports(),
  staleTime: 0,
})

export const providers = queryOptions({ queryKey: ['provider'], queryFn: () => client.listProviders() })

/** Looked at anew with each visit. */
export const posture = queryOptions({ queryKey: ['posture'], queryFn: () => client.getPosture() })
/** What looks at models that are asked directly or by a route. */
export const modelGuardrails = queryOptions({
  queryKey: ['guardrail'],
  queryFn: () => client.getModelGuardrails(),
})
export const modelRoutes = queryOptions({ queryKey: ['model-route'], queryFn: () => client.listModelRoutes() })

export const modelApprovals = (query: { model?: string; state?: 'requested' }) =>
  queryOptions({
    queryKey: ['model-approval', query],
    queryFn: () => client.listModelApprovals({ query: { ...query, limit: 200 } }),
  })

export const rollouts = (query: { application?: string; release?: string }) =>
  queryOptions({ queryKey: ['rollout', query], queryFn: () => client.listRollouts({ query }) })

export const rollout = (id: string) =>
  queryOptions({ queryKey: ['rollout', id], queryFn: () => client.getRollout({ params: { id } }) })

/** Read whole once; the page adds what it sees later, so the topic of the key is one that nobody announces. */
export const rolloutHistory = (id: string) =>
  queryOptions({
    queryKey: ['history', id],
    queryFn: () => client.getRolloutHistory({ params: { id } }),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Both arms over time; new traffic shows within ten seconds while it goes on. */
export const rolloutSeries = ({ id, application, startedAt, endedAt }: ServedRollout) =>
  queryOptions({
    queryKey: ['series', id, endedAt],
    queryFn: () =>
      client.getSeries({
        params: { name: application },
        query: { rollout: id, since: startedAt, ...(endedAt && { until: after(endedAt) }) },
      }),
    refetchInterval: endedAt === null ? SERIES_AGAIN_MS : false,
  })

/** With the second that a record takes to its place, well within ten. */
const SERIES_AGAIN_MS = 5_000
/** The last request was under way when it ended. */
const after = (instant: string): string => new Date(Date.parse(instant) + 60_000).toISOString()

export const job = (id: string) =>
  queryOptions({
    queryKey: ['job', id],
    queryFn: () => client.getJob({ params: { id } }),
    refetchInterval: ({ state }) => (state.data && ['queued', 'running'].includes(state.data.state) ? 1500 : false),
  })

export const trace = (id: string) =>
  queryOptions({ queryKey: ['trace', id], queryFn: () => client.getTrace({ params: { id } }) })

export const actors = queryOptions({
  queryKey: ['actor'],
  queryFn: () => client.listActors({ query: { limit: 1000 } }),
  staleTime: 300_000,
})

/** Names of actors by id, for showing people instead of ids. */
export function useNames(): (actor: string) => string {
  const { data } = useQuery(actors)
  const names = new Map(data?.items.map(({ id, name }) => [id, name]))
  return (actor) => names.get(actor) ?? actor
}

/** What the one who looks may do. Buttons that would be refused are not shown. */
export function useMay(): (permission: Permission) => boolean {
  const { data } = useQuery(me)
  return (permission) => data?.permissions.includes(permission) ?? false
}

export type { Permission }
