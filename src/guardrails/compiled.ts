/** The guardrails of a release, ready to run: compiled once for each release and kept as long as it is. */
import type { Guardrail, GuardrailPart } from '../core/guardrail.ts'
import { card } from './detectors/card.ts'
import type { Detector } from './detectors/detection.ts'
import { email } from './detectors/email.ts'
import { patternDetector } from './detectors/pattern.ts'
import { phone } from './detectors/phone.ts'
import { secrets } from './detectors/secrets.ts'
import { termsDetector } from './detectors/terms.ts'

export type CompiledGuard = Pick<Guardrail, 'id' | 'on' | 'mode' | 'message'> & {
  /** What stands in place of a finding. */
  readonly label: string
  /** Null where the length alone counts. */
  readonly detector: Detector | null
  readonly most: number
}

export type Guards = { readonly input: readonly CompiledGuard[]; readonly output: readonly CompiledGuard[] }

const kept = new WeakMap<readonly GuardrailPart[], Guards>()

/** Undefined where nothing acts, so that a release without guardrails pays nothing. */
export function guardsOf(parts: readonly GuardrailPart[] | undefined): Guards | undefined {
  if (!parts || parts.length === 0) return undefined
  const known = kept.get(parts)
  if (known) return known
  const all = parts.map(({ guard }) => compiled(guard))
  const guards = { input: all.filter(({ on }) => on === 'input'), output: all.filter(({ on }) => on === 'output') }
  kept.set(parts, guards)
  return guards
}

export function compiled(guard: Guardrail): CompiledGuard {
  const { id, on, mode, message } = guard
  const own = { id, on, mode, message, most: guard.detector === 'length' ? guard.most : Number.POSITIVE_INFINITY }
  return { ...own, label: `[${LABELS[guard.detector] ?? id}]`, detector: detectorOf(guard) }
}

/** By what was found where that says something, else by the guardrail's own name. */
const LABELS: Partial<Record<Guardrail['detector'], string>> = {
  email: 'email',
  phone: 'phone',
  card: 'card',
  secrets: 'secret',
}

function detectorOf(guard: Guardrail): Detector | null {
  switch (guard.detector) {
    case 'email':
      return email
    case 'phone':
      return phone
    case 'card':
      return card
    case 'secrets':
      return secrets
    case 'terms':
      return termsDetector(guard.terms)
    case 'pattern':
      return patternDetector(guard)
    case 'length':
      return null
  }
}
