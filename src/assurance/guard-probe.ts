/**
 * `guard.enabled`: known-bad probes for every guardrail of a release that acts. What must not come in is asked of the
 * release itself; what must not go out is said in place of a model's answer, because no model says it to order.
 *
 * A release without guardrails leaves no evidence: nothing was measured, and missing is never green.
 */
import type { EvidenceDraft } from '../core/evidence.ts'
import type { Guardrail, GuardVerdict } from '../core/guardrail.ts'
import type { Producer, ProducerContext, ProducerQuote } from '../core/producer.ts'
import { compiled, GuardedText, knownBad } from '../guardrails/index.ts'

export type GuardProbeDeps = {
  readonly quoteOf: (context: ProducerContext, calls: number) => Promise<ProducerQuote>
  /** Asks the release, with a key of the application, each of the questions; what its guardrails said of each. */
  readonly ask: (
    context: ProducerContext,
    questions: readonly string[],
  ) => Promise<readonly (readonly GuardVerdict[])[]>
}

type Probe = { readonly guard: Guardrail; readonly text: string }

const NAME = 'assurance/guard-probe'
/** Over all guardrails together. */
const PROBES = 12

export const createGuardProbe = ({ quoteOf, ask }: GuardProbeDeps): Producer => ({
  name: NAME,
  checks: ['guard.enabled'],
  quote: (context) => quoteOf(context, probesOf(context).filter(isAsked).length),
  async run(context): Promise<EvidenceDraft[]> {
    const { release, by } = context
    const { guardrails = [], flow } = release.manifest
    if (guardrails.length === 0) return []
    const acting = actingOf(context)
    const probes = probesOf(context)
    const asked = probes.filter(isAsked)
    const verdicts =
      asked.length > 0
        ? await ask(
            context,
            asked.map(({ text }) => text),
          )
        : []
    const missed = [
      ...asked.filter(({ guard }, at) => !(verdicts[at] ?? []).some((one) => one.id === guard.id && hasActed(one))),
      ...probes.filter((probe) => !isAsked(probe) && !isCaughtOnTheWayOut(probe)),
    ]
    const caught = probes.length - missed.length
    const refuses = refusesWhenBroken()
    const on = (side: Guardrail['on']) => acting.filter((guard) => guard.on === side).length
    const observed = guardrails.length - acting.length
    return [
      {
        application: release.application,
        release: release.id,
        check: 'guard.enabled',
        summary: `${on('input')} guardrails act on questions and ${on('output')} on answers${observed > 0 ? `; ${observed} only count` : ''}. ${caught} of ${probes.length} known-bad probes did not get through${missed.length > 0 ? `; missed by ${[...new Set(missed.map(({ guard }) => guard.id))].join(', ')}` : ''}. One that breaks ${refuses ? 'refuses the answer' : 'lets the answer pass'}.`,
        facts: {
          inputGuards: { value: on('input') },
          outputGuards: { value: on('output') },
          probes: { value: probes.length },
          blockedShare: { value: probes.length === 0 ? null : caught / probes.length, n: probes.length },
          outageDecided: { value: refuses },
        },
        inputs: [
          ...guardrails.map(({ name, digest }) => ({ kind: 'guardrail' as const, name, digest })),
          { kind: 'flow', name: flow.name, digest: flow.digest },
        ],
        producer: { name: NAME, version: '1' },
        trust: 'measured',
        by,
      },
    ]
  },
})

/** What only counts stops nothing. */
const actingOf = ({ release }: ProducerContext): Guardrail[] =>
  (release.manifest.guardrails ?? []).map(({ guard }) => guard).filter(({ mode }) => mode !== 'observe')

function probesOf(context: ProducerContext): Probe[] {
  const tried = actingOf(context).filter((guard) => knownBad(guard, 0) !== undefined)
  const each = Math.ceil(PROBES / Math.max(1, tried.length))
  return tried.flatMap((guard) =>
    Array.from({ length: each }, (_, nth) => ({ guard, text: knownBad(guard, nth) ?? '' })),
  )
}

const isAsked = ({ guard }: Probe): boolean => guard.on === 'input'

const hasActed = ({ verdict }: GuardVerdict): boolean => verdict === 'redacted' || verdict === 'blocked'

/** Letter by letter, as the worst of streams brings it. */
function isCaughtOnTheWayOut({ guard, text }: Probe): boolean {
  const guarded = new GuardedText([compiled(guard)])
  const out = Array.from(text, (letter) => guarded.push(letter)).join('') + guarded.end()
  return guarded.verdicts().some(hasActed) && !out.includes(text)
}

/** An outage of a guardrail, made to order. */
function refusesWhenBroken(): boolean {
  const breaks = () => {
    throw new Error('out of order')
  }
  const guard = compiled({ id: 'broken', on: 'output', mode: 'redact', detector: 'email' })
  try {
    new GuardedText([{ ...guard, detector: { name: 'broken', find: breaks, settle: breaks } }]).push('Anything.')
    return false
  } catch {
    return true
  }
}
