/** Which release answers a request to an application: by stage, subject and rollout, or as its conversation began. */
import type { Turn } from '../core/conversation.ts'
import { type Assignment, assign, type LiveTable } from '../core/live-table.ts'
import type { Release } from '../core/release.ts'
import type { Stage } from '../core/stage.ts'
import { Failure } from '../kernel/failure.ts'
import type { GatewayDeps } from './deps.ts'
import type { Pins } from './pins.ts'
import { conversationOf, type Subject } from './subject.ts'

export function assigned(
  { deps, pins }: { deps: Pick<GatewayDeps, 'releaseOf'>; pins: Pins },
  given: {
    table: LiveTable
    application: string
    stage: Stage | undefined
    subject: Subject
    metadata: Readonly<Record<string, string>>
    turns: readonly Turn[]
  },
): { assignment: Assignment; release: Release } {
  const { table, application, stage, subject, metadata, turns } = given
  const chosen = assign({ table, application, stage, subject: subject.value, metadata })
  if (!chosen) throw notMeant(application, stage)
  const isUnderWay = turns.some(({ role }) => role === 'assistant')
  const conversation = conversationOf(application, subject, turns)
  const assignment = pins.keep(conversation, chosen, { table, application, isUnderWay })
  const release = deps.releaseOf(assignment.release)
  if (release) return { assignment, release }
  throw new Failure(
    'unavailable',
    'gateway.release-missing',
    `The live release of ${application} is not loaded. Try again in a second.`,
  )
}

const notMeant = (application: string, stage: Stage | undefined) =>
  new Failure(
    'forbidden',
    'gateway.not-meant',
    `${application}${stage ? `@${stage}` : ''} is open to some users only, and this one is not among them; there is no stable release to answer instead. Ask its owner, or send who asks (airworthy-subject, or a group in airworthy-metadata).`,
  )
