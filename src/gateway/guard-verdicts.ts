/** What the guardrails of a release said, as its client is told: in the head what is known by then, behind a stream all. */
import { verdictsIn } from '../core/guardrail.ts'
import type { Facts } from './settled-draft.ts'

export const GUARDRAILS_HEADER = 'airworthy-guardrails'

/** `mail=redacted;count=2, words=passed`; undefined where no guardrail looked. Never what was found. */
export function guardrailsSaid({ steps }: Pick<Facts, 'steps'>): string | undefined {
  const verdicts = verdictsIn(steps)
  if (verdicts.length === 0) return undefined
  return verdicts.map(({ id, verdict, count }) => `${id}=${verdict}${count > 0 ? `;count=${count}` : ''}`).join(', ')
}
