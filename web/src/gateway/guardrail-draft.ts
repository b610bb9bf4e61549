/** A guardrail as its form holds it, and back. Pure. */
import type { ModelGuardrail } from '../data/shapes.ts'

type Guard = ModelGuardrail['guard']
export type PutGuardrail = Omit<ModelGuardrail, 'words'>

export type GuardrailDraft = {
  readonly id: string
  readonly on: Guard['on']
  readonly mode: Guard['mode']
  readonly detector: Guard['detector']
  /** By commas; empty for every model. */
  readonly of: string
  readonly terms: string
  readonly pattern: string
  readonly example: string
  readonly anyCase: 'no' | 'yes'
  readonly most: string
  readonly message: string
}

export const draftOf = (one: ModelGuardrail | undefined): GuardrailDraft => {
  const guard = one?.guard
  return {
    id: guard?.id ?? '',
    on: guard?.on ?? 'input',
    mode: guard?.mode ?? 'observe',
    detector: guard?.detector ?? 'secrets',
    of: one && one.of.join() !== '*' ? one.of.join(', ') : '',
    terms: guard?.detector === 'terms' ? guard.terms.join(', ') : '',
    pattern: guard?.detector === 'pattern' ? guard.pattern : '',
    example: guard?.detector === 'pattern' ? guard.example : '',
    anyCase: guard?.detector === 'pattern' && guard.anyCase ? 'yes' : 'no',
    most: guard?.detector === 'length' ? String(guard.most) : '',
    message: guard?.message ?? '',
  }
}

/** The server says what is missing. */
export function guardrailOf(draft: GuardrailDraft): PutGuardrail {
  const { id, on, mode, detector, terms, pattern, example, anyCase, most, message } = draft
  const own = { id, on, mode, ...(mode === 'block' && message !== '' && { message }) }
  const of = listOf(draft.of)
  const more = {
    terms: { terms: listOf(terms) },
    pattern: { pattern, example, anyCase: anyCase === 'yes' },
    length: { most: Number(most) },
  }
  const extra = detector in more ? more[detector as keyof typeof more] : {}
  return { of: of.length === 0 ? ['*'] : of, guard: { ...own, detector, ...extra } as Guard }
}

/** As it is put: what is only shown is left out. */
export const bare = ({ of, guard }: PutGuardrail): PutGuardrail => ({ of, guard })

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
