/** What a gate reads of human oversight. Pure; what nobody said or tried is absent, and absent is no pass. */
import type { Fact } from '../core/evidence.ts'
import { type OversightPlan, unheldKinds } from '../core/oversight.ts'

export type OversightSeen = {
  readonly plan: OversightPlan
  /** Each as the plan names them; null where nobody here is called so. */
  readonly overseers: readonly { readonly named: string; readonly actor: string | null }[]
  /** Answers that an overseer changed or refused within the time that counts. */
  readonly overruled: number
  /** The last try of the stop within that time. */
  readonly stopTest: { readonly seconds: number | null; readonly answersAgain: boolean } | undefined
  /** Whether the profile says that the application acts. */
  readonly acts: boolean
  /** Tools of the release that change something at an address: those whose calls wait for an overseer, and the others. */
  readonly writing: { readonly held: number; readonly free: number }
}

export function readingOf(seen: OversightSeen): { facts: Record<string, Fact>; summary: string } {
  const { plan, overseers, overruled, stopTest } = seen
  const strangers = overseers.filter(({ actor }) => actor === null).map(({ named }) => named)
  const present = overseers.length - strangers.length
  const unheld = unheldOf(seen)
  return {
    facts: {
      overseers: { value: present, n: overseers.length },
      overridePath: { value: overruled > 0, n: overruled },
      // One that did not answer again was no test of a stop, but an outage.
      ...(stopTest && { stopSeconds: { value: stopTest.answersAgain ? stopTest.seconds : null } }),
      ...(unheld !== undefined && { unheldKinds: { value: unheld, n: plan.kinds.length } }),
    },
    summary: `${[
      `Overseers: ${present} of ${overseers.length} that are named`,
      ...(strangers.length > 0 ? [`nobody here is called ${strangers.join(' or ')}`] : []),
      overruled > 0 ? `answers overruled: ${overruled}` : 'overruling was not tried: `airworthy oversight overrule`',
      stopWords(stopTest),
      unheld === undefined
        ? 'oversight.yaml names no consequential answers and does not say why there are none'
        : `consequential kinds that wait for nobody: ${unheld}`,
    ].join('; ')}.`,
  }
}

/**
 * Undefined when nothing was said. An application that acts has answers with consequences, whoever says otherwise; what
 * it does by tools alone that all wait for a person is held.
 */
function unheldOf({ plan, acts, writing }: OversightSeen): number | undefined {
  if (plan.kinds.some(({ consequential }) => consequential)) return unheldKinds(plan).length
  if (acts) return writing.held > 0 && writing.free === 0 ? 0 : 1
  return plan.noneBecause === '' ? undefined : 0
}

function stopWords(test: OversightSeen['stopTest']): string {
  if (!test) return 'the stop was not tried: `airworthy oversight stop-test`'
  if (test.seconds === null) return 'the stop was tried, and no request was refused'
  if (!test.answersAgain) return 'it did not answer again after the stop was tried'
  return `refused ${test.seconds} s after the stop`
}
