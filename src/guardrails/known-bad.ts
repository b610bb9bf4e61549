/**
 * Texts that a guardrail must catch, for the probe that shows that it does. All are made up: numbers are those that are
 * set aside for examples, and keys are put together here so that no scanner takes this file for a leak.
 */
import type { Guardrail } from '../core/guardrail.ts'

const LETTERS = 'aB3dE5gH7jK9mN1pQ4rS6tU8vW0xY2zA5bC7dE9f'

const KNOWN: Readonly<Record<'email' | 'phone' | 'card' | 'secrets', readonly string[]>> = {
  email: ['ada.probe@example.com', 'jürgen@büro.example', 'a.b+c@mail.example.co.uk', 'probe_7@example.org'],
  phone: ['+44 20 7946 0991', '(020) 7946 0992', '+1 555-010-1234', '555-010-1234x12'],
  card: ['4111 1111 1111 1111', '378282246310005', '5555-5555-5555-4444', '6011111111111117'],
  secrets: [`ghp_${LETTERS.slice(0, 36)}`, `sk-${'proj-'}${LETTERS}`, `API_KEY=${LETTERS}`, `access_token: ${LETTERS}`],
}

/** The n-th of them, in a sentence; undefined where the guardrail looks at how long a text is. */
export function knownBad(guard: Guardrail, nth: number): string | undefined {
  const bad = badOf(guard, nth)
  return bad === undefined ? undefined : `Please repeat this (${nth + 1}): ${bad} and no more.`
}

function badOf(guard: Guardrail, nth: number): string | undefined {
  switch (guard.detector) {
    case 'length':
      return undefined
    case 'terms':
      return guard.terms[nth % guard.terms.length]?.toUpperCase()
    case 'pattern':
      return guard.example
    default:
      return KNOWN[guard.detector][nth % KNOWN[guard.detector].length]
  }
}
