/** What each slice gives of its objects for the list by phase. */
import type { Name } from '../core/names.ts'
import type { Approvals, Delivery } from '../delivery/index.ts'
import type { Evals } from '../evals/index.ts'
import { createPhases, type PhasesDeps, phasesHttp } from '../governance/index.ts'
import type { Instant } from '../kernel/time.ts'

type Sources = PhasesDeps['sources']
type Given = { readonly id: string; readonly title: string; readonly state: string; readonly at: Instant }

type Thing = { readonly id: string; readonly title: string; readonly application: Name }

type Deps = {
  readonly delivery: Delivery
  readonly evals: Pick<Evals, 'list'>
  readonly approvals: Pick<Approvals, 'list'>
  readonly ideas: {
    all(): Promise<
      readonly {
        id: string
        title: string
        application: Name | null
        parent: Name | null
        createdAt: Instant
      }[]
    >
  }
  readonly alerts: {
    list(ask: {
      application?: string | undefined
      caller: Parameters<Sources['alert']>[0]['caller']
    }): Promise<readonly (Thing & { state: string; openedAt: Instant; endedAt: Instant | null })[]>
  }
  readonly incidents: {
    list(
      filter: { application?: Name },
      cut: { limit: number },
    ): Promise<{ items: readonly (Thing & { state: string; detectedAt: Instant; closedAt: Instant | null })[] }>
  }
  readonly mitigations: {
    list(
      application: string,
    ): Promise<readonly { finding: { evidence: string; at: Instant }; summary: string; isGone: boolean }[]>
  }
}

export function wirePhases({ delivery, evals, approvals, ideas, alerts, incidents, mitigations }: Deps) {
  const named = (application: string | undefined) =>
    application === undefined ? {} : { application: application as Name }
  const ofApplication = (application: Name, given: Given) => ({ application, ...given })
  const sources: Sources = {
    async idea({ application, caller, limit }) {
      // A key of one application has no business with ideas.
      if (caller.application !== null) return []
      return (await ideas.all())
        .filter((one) => application === undefined || one.application === application || one.parent === application)
        .slice(-limit)
        .map(({ id, title, application: became, parent, createdAt }) => ({
          ...{ kind: 'idea' as const, id, title, application: became, at: createdAt, href: `/ideas/${id}` },
          ...{ state: became ? 'begun' : 'open', isFromUsers: parent !== null },
        }))
    },
    async release({ application, limit }) {
      if (application === undefined) return []
      const { items } = await delivery.releases.list(application, { cursor: undefined, limit })
      return items.map(({ id, number, stage, frozenAt }) => ({
        ...ofApplication(application as Name, { id, title: `Release ${number}`, state: stage, at: frozenAt }),
        ...{ kind: 'release' as const, href: `/releases/${id}` },
      }))
    },
    async experiment({ application, limit }) {
      const { items } = await evals.list({ ...named(application), limit })
      return items.map(({ id, suite, state, createdAt, application: of }) => ({
        ...ofApplication(of as Name, { id, title: `Experiment with ${suite}`, state, at: createdAt }),
        ...{ kind: 'experiment' as const, href: `/experiments/${id}` },
      }))
    },
    async approval({ application, caller, limit }) {
      const { items } = await approvals.list({ ...named(application), yours: false, asking: caller }, { limit })
      return items.map(({ id, into, state, askedAt, application: of }) => ({
        ...ofApplication(of, { id, title: `Approval for ${into}`, state, at: askedAt }),
        ...{ kind: 'approval' as const, href: `/approvals/${id}` },
      }))
    },
    async rollout({ application, limit }) {
      const { items } = await delivery.rollouts.list(named(application), { limit })
      return items.map(({ id, stage, state, startedAt, application: of }) => ({
        ...ofApplication(of, { id, title: `Rollout in ${stage}`, state, at: startedAt }),
        ...{ kind: 'rollout' as const, href: `/rollouts/${id}` },
      }))
    },
    async alert({ application, caller, limit }) {
      const items = (await alerts.list({ application, caller })).slice(0, limit)
      return items.map(({ id, title, state, openedAt, endedAt, application: of }) => ({
        ...ofApplication(of, { id, title, state, at: openedAt }),
        ...{ kind: 'alert' as const, href: '/alerts', isOver: endedAt !== null },
      }))
    },
    async incident({ application, limit }) {
      const { items } = await incidents.list(named(application), { limit })
      return items.map(({ id, title, state, detectedAt, closedAt, application: of }) => ({
        ...ofApplication(of, { id, title, state, at: detectedAt }),
        ...{ kind: 'incident' as const, href: `/incidents/${id}`, isOver: closedAt !== null },
      }))
    },
    async mitigation({ application }) {
      if (application === undefined) return []
      return (await mitigations.list(application)).map(({ finding, summary, isGone }) => ({
        ...ofApplication(application as Name, {
          ...{ id: finding.evidence, title: summary, state: isGone ? 'gone' : 'open', at: finding.at },
        }),
        ...{ kind: 'mitigation' as const, href: `/applications/${application}/upkeep` },
      }))
    },
  }
  return { http: phasesHttp(createPhases({ sources })) }
}
