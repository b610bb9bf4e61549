/**
 * An approval: what a model may be used for beyond the sandbox, until when, and who said so. One person asks, another
 * one decides, and each ends by itself.
 */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Stage } from '../../core/stage.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'
import { type ApprovalStanding, ModelName } from '../cards/index.ts'
import { DataClass, RuleFinding, Use, type UseContext } from './rule.ts'

export const ModelApprovalId = idOf('map')
export type ModelApprovalId = z.infer<typeof ModelApprovalId>

const unique = <Item extends z.ZodType<string>>(item: Item) =>
  z
    .array(item)
    .min(1)
    .refine((all) => new Set(all).size === all.length, 'each one once')

/** What is asked for. */
export const ApprovalScope = z.object({
  /** Beyond the sandbox, where every model runs without one. */
  stages: unique(Stage.exclude(['sandbox'])),
  dataClasses: unique(DataClass),
  uses: unique(Use),
  /** Where what is sent may be processed; empty when nobody restricts it. */
  residency: z.array(z.string().trim().min(1).max(50)).max(50),
  /** For a name without a date: that it may come to mean another model is accepted. */
  aliasAccepted: z.boolean(),
})
export type ApprovalScope = z.infer<typeof ApprovalScope>

export const ModelApproval = ApprovalScope.extend({
  id: ModelApprovalId,
  organisation: Organisation,
  model: ModelName,
  state: z.enum(['requested', 'approved', 'refused', 'withdrawn']),
  reason: z.string(),
  requestedBy: ActorId,
  requestedAt: Instant,
  /** When it ends. */
  until: Instant,
  /** What the rules said when it was asked for, and again when it was decided. */
  findings: z.array(RuleFinding),
  decidedBy: ActorId.nullable(),
  decidedAt: Instant.nullable(),
  decisionReason: z.string().nullable(),
  withdrawnBy: ActorId.nullable(),
  withdrawnAt: Instant.nullable(),
  withdrawalReason: z.string().nullable(),
})
export type ModelApproval = z.infer<typeof ModelApproval>

export const isInForce = ({ state, until }: ModelApproval, now: Instant): boolean => state === 'approved' && until > now

/** Models that live in this program came with it and are pinned by its version; they need no approval. */
export const isOfInstallation = (model: string): boolean => /^(?:local|replay|scripted)\//.test(model)

/** What one use of a model asks of an approval. */
export type Wanted = Pick<UseContext, 'stage' | 'use' | 'dataClass'>

/** Why a model may not be used so; undefined when it may. */
export function whyNotApproved(
  model: string,
  { stage, use, dataClass }: { stage: Wanted['stage']; use?: Wanted['use']; dataClass?: Wanted['dataClass'] },
  approvals: readonly ModelApproval[],
  now: Instant,
): string | undefined {
  if (stage === 'sandbox' || isOfInstallation(model)) return undefined
  const inForce = approvals.filter((one) => one.model === model && isInForce(one, now))
  const fits = inForce.some(
    (one) =>
      (one.stages as readonly string[]).includes(stage) &&
      (use === undefined || one.uses.includes(use)) &&
      (dataClass === undefined || one.dataClasses.includes(dataClass)),
  )
  if (fits) return undefined
  if (inForce.length > 0) {
    const scopes = inForce.map(
      (one) =>
        `${one.stages.join(', ')} with ${one.uses.join(' or ')} use and personal data ${one.dataClasses.join(' or ')}`,
    )
    const wanted = [use && `${use} use`, dataClass && `personal data ${dataClass}`].filter(Boolean).join(' and ')
    return `${model} is approved for ${scopes.join('; ')}, not for ${stage}${wanted ? ` with ${wanted}` : ''}.`
  }
  const last = standingOf(model, approvals, now)
  const why = {
    requested: 'its approval was asked for and is not decided',
    refused: 'its approval was refused',
    withdrawn: 'its approval was withdrawn',
    expired: `its approval ended ${last.until}`,
  }
  const because = last.state in why ? why[last.state as keyof typeof why] : 'it is not approved'
  return `${model} runs in the sandbox only: ${because}.`
}

/** How a model stands, by what holds, else by what was last said. */
export function standingOf(model: string, approvals: readonly ModelApproval[], now: Instant): ApprovalStanding {
  if (isOfInstallation(model)) return { state: 'installation', stages: [...Stage.options], until: null }
  const own = approvals.filter((one) => one.model === model)
  const inForce = own.filter((one) => isInForce(one, now))
  if (inForce.length > 0)
    return {
      state: 'approved',
      stages: Stage.options.filter((stage) =>
        inForce.some(({ stages }) => (stages as readonly string[]).includes(stage)),
      ),
      until:
        inForce
          .map(({ until }) => until)
          .sort()
          .at(-1) ?? now,
    }
  const last = own.toSorted((one, other) => other.id.localeCompare(one.id))[0]
  if (!last) return { state: 'none', stages: [], until: null }
  return { state: last.state === 'approved' ? 'expired' : last.state, stages: [], until: last.until }
}
