/** What other servers are told: a type, when, and what it is about. The payload is in the form of Standard Webhooks. */
import { z } from 'zod'
import { idOf } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'

export const EventId = idOf('evt')
export type EventId = z.infer<typeof EventId>

export const EventType = z.enum([
  'release.promoted',
  'gate.held',
  'rollout.started',
  'rollout.advanced',
  'rollout.held',
  'rollout.completed',
  'rollout.aborted',
  'waiver.requested',
  'waiver.decided',
  'approval.asked',
  'approval.signed',
  'finding.opened',
  'answer.held',
  'answer.decided',
  'experiment.finished',
  'experiment.paused',
  'limit.near',
  'limit.reached',
  'alert.opened',
  'alert.ended',
  'switch.changed',
  'webhook.test',
])
export type EventType = z.infer<typeof EventType>

/** Body of a request to an endpoint. */
export const Payload = z.object({
  type: EventType,
  timestamp: Instant,
  data: z.object({
    application: z.string().nullable(),
    /** Id or name of what it happened to. */
    subject: z.string(),
    /** Who did it; the installation itself where nobody did. */
    actor: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()),
  }),
})
export type Payload = z.infer<typeof Payload>

export type Happening = { readonly type: EventType } & Payload['data']

/** Changes of the audit log that are told; all others are nobody's business. */
const OF_ACTIONS: Readonly<Record<string, EventType>> = {
  'delivery.promote': 'release.promoted',
  'delivery.rollout-start': 'rollout.started',
  'delivery.rollout-advance': 'rollout.advanced',
  'delivery.rollout-hold': 'rollout.held',
  'delivery.rollout-complete': 'rollout.completed',
  'delivery.rollout-abort': 'rollout.aborted',
  'delivery.waiver-request': 'waiver.requested',
  'delivery.waiver-decide': 'waiver.decided',
  'delivery.approval-ask': 'approval.asked',
  'delivery.approval-sign': 'approval.signed',
  'evals.finish-experiment': 'experiment.finished',
  'evals.pause-experiment': 'experiment.paused',
  'assurance.finding-open': 'finding.opened',
  'oversight.hold': 'answer.held',
  'oversight.decide': 'answer.decided',
  'governance.alert-open': 'alert.opened',
  'governance.alert-end': 'alert.ended',
}

/** An entry of the audit log as slices write it. */
export type Entry = {
  readonly actor: string
  readonly action: string
  readonly subject: string
  readonly application?: string | null
  readonly detail?: Record<string, unknown>
}

/** The event of a change; undefined for changes that are not told. */
export function happeningOf({ actor, action, subject, application = null, detail = {} }: Entry): Happening | undefined {
  const type = Object.hasOwn(OF_ACTIONS, action) ? OF_ACTIONS[action] : undefined
  return type && { type, application, subject, actor, detail }
}
