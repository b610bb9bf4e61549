/** Reports over what delivery knows already: lead times, how releases fare, and debt. Nothing is measured here. */
import { z } from 'zod'
import type { GateCatalogue } from '../core/check.ts'
import type { Release } from '../core/release.ts'
import type { Rollout } from '../core/rollout.ts'
import { stageBefore } from '../core/stage.ts'
import { LeadTime, leadTimeOf } from '../core/waiting.ts'
import { DAY, type Instant, later } from '../kernel/time.ts'
import type { Promotion } from './promotion.ts'
import type { Records } from './release-gate.ts'

export const Flowing = z.object({
  leadTimes: z.array(LeadTime.extend({ release: z.string(), number: z.number().int() })),
  promotionsIn30Days: z.number().int(),
  /** Of the rollouts that ended, the share that went back; null while none has ended. */
  rollbackRate: z.number().nullable(),
  /** From the first user on a release that went back until all were on the one before, on average; null without one. */
  restoreMs: z.number().nullable(),
  /** What people were asked for on the newest promoted release: statements, and among them decisions. */
  friction: z.object({ asks: z.number().int(), decisions: z.number().int() }),
  waivers: z.object({ granted: z.number().int(), open: z.number().int(), inForce: z.number().int() }),
})
export type Flowing = z.infer<typeof Flowing>

export function flowOf(given: {
  promotions: readonly Promotion[]
  releases: ReadonlyMap<string, Pick<Release, 'id' | 'number' | 'frozenAt'>>
  rollouts: readonly Rollout[]
  records: Pick<Records, 'evidence' | 'waivers'>
  catalogue: Pick<GateCatalogue, 'checks'>
  now: Instant
}): Flowing {
  const { promotions, releases, rollouts, records, catalogue, now } = given
  const { evidence, waivers } = records
  const leadTimes = promotions.flatMap((promotion) => {
    const release = releases.get(promotion.release)
    if (!release) return []
    const before = promotions.find(
      (one) => one.release === promotion.release && one.into === (stageBefore(promotion.into) ?? 'sandbox'),
    )
    const from = before?.at ?? release.frozenAt
    const lead = leadTimeOf({ decision: promotion.gate, evidence, from, to: promotion.at, now })
    return [{ ...lead, release: release.id, number: release.number }]
  })
  const ended = rollouts.filter(({ endedAt }) => endedAt !== null)
  const back = ended.filter(({ state }) => state === 'rolled-back')
  const exposures = back.map(({ startedAt, endedAt }) => Date.parse(endedAt ?? startedAt) - Date.parse(startedAt))
  const asked = askedFor(promotions[0]?.release, evidence, catalogue)
  return {
    leadTimes,
    promotionsIn30Days: promotions.filter(({ at }) => at > later(now, -30 * DAY)).length,
    rollbackRate: ended.length === 0 ? null : back.length / ended.length,
    restoreMs: exposures.length === 0 ? null : exposures.reduce((sum, one) => sum + one, 0) / exposures.length,
    friction: asked,
    waivers: {
      granted: waivers.filter(({ state }) => state === 'granted').length,
      open: waivers.filter(({ state }) => state === 'requested').length,
      inForce: waivers.filter(({ state, until }) => state === 'granted' && until > now).length,
    },
  }
}

function askedFor(
  release: string | undefined,
  evidence: Records['evidence'],
  { checks }: Pick<GateCatalogue, 'checks'>,
): Flowing['friction'] {
  const modes = new Map(checks.map(({ id, mode }) => [id, mode]))
  const byPeople = evidence.filter((piece) => piece.release === release && piece.duty !== null)
  const answered = new Set(byPeople.map(({ check }) => check))
  return { asks: answered.size, decisions: [...answered].filter((check) => modes.get(check) === 'person').length }
}

export const Debt = z.object({
  kind: z.enum(['unused-prompt', 'ending-model', 'aliased-model', 'waiver', 'stale-evidence', 'challenge']),
  what: z.string(),
  why: z.string(),
  remedy: z.string(),
})
export type Debt = z.infer<typeof Debt>

const WAIVER_ENDS_WITHIN = 14 * DAY
const MODEL_ENDS_WITHIN = 90 * DAY

export function debtOf(given: {
  newest: Release | undefined
  records: Pick<Records, 'waivers' | 'challenges'>
  /** Checks of what is live whose evidence is stale, with why. */
  stale: readonly { check: string; stage: string; why: string }[]
  /** The day on which a model ends, as far as known. */
  endOfModel: (model: string) => string | null
  now: Instant
}): Debt[] {
  const { newest, records, stale, endOfModel, now } = given
  return [
    ...(newest ? [...unusedPrompts(newest), ...movingModels(newest, endOfModel, now)] : []),
    ...records.waivers
      .filter(({ state, until }) => state === 'granted' && until > now && until < later(now, WAIVER_ENDS_WITHIN))
      .map(
        ({ check, until, into }): Debt => ({
          kind: 'waiver',
          what: check,
          why: `Its waiver at the gate into ${into} ends on ${until.slice(0, 10)}.`,
          remedy: 'Answer the check before that day, or ask for another waiver with a reason.',
        }),
      ),
    ...stale.map(
      ({ check, stage, why }): Debt => ({
        kind: 'stale-evidence',
        what: check,
        why: `What is live in ${stage} rests on stale evidence: ${why}`,
        remedy: `See what it takes with \`airworthy gate ${stage} --plan --stale\`, and do it with \`--run --stale\`.`,
      }),
    ),
    ...records.challenges
      .filter(({ state }) => state === 'open')
      .map(
        ({ id, check, reason }): Debt => ({
          kind: 'challenge',
          what: check,
          why: `Somebody doubts its evidence: ${reason}`,
          remedy: `Answer it: \`airworthy challenges answer ${id}\`.`,
        }),
      ),
  ]
}

function unusedPrompts({ manifest }: Release): Debt[] {
  const steps = [...manifest.flow.steps, ...(manifest.baseline?.steps ?? [])]
  const used = new Set(steps.flatMap((step) => ('prompt' in step ? [step.prompt] : [])))
  return manifest.prompts
    .filter(({ name }) => !used.has(name))
    .map(({ name }) => ({
      kind: 'unused-prompt',
      what: name,
      why: 'No step of the flow or of the baseline uses this prompt.',
      remedy: `Delete prompts/${name}.prompt, or use it.`,
    }))
}

const movingModels = ({ manifest }: Release, endOfModel: (model: string) => string | null, now: Instant): Debt[] =>
  manifest.models.flatMap(({ model, mutable }): Debt[] => {
    const end = endOfModel(model)
    const soon = end !== null && end < later(now, MODEL_ENDS_WITHIN)
    return [
      ...(mutable === null
        ? []
        : [
            { kind: 'aliased-model' as const, what: model, why: mutable, remedy: 'Name a dated version in its place.' },
          ]),
      ...(soon
        ? [
            {
              kind: 'ending-model' as const,
              what: model,
              why: `It ends on ${end}.`,
              remedy: 'Choose another with `airworthy models find`, measure it and release it.',
            },
          ]
        : []),
    ]
  })
