/**
 * Questions as other people would ask them: the same sense, other letters. Every rule is deterministic, so that the
 * same dataset gives the same variants and a suite that was run once can be run again.
 *
 * A rule that has nothing to change gives nothing. The rules of wording are English; on other languages they give
 * nothing or little, and a figure says how many variants it rests on.
 */
import { z } from 'zod'
import { digestOfBytes } from '../../kernel/digest.ts'

export const PERTURBATIONS = ['whitespace', 'case', 'typo', 'order', 'paraphrase', 'language'] as const
export const Perturbation = z.enum(PERTURBATIONS)
export type Perturbation = z.infer<typeof Perturbation>

/** The variant; undefined when the rule changes nothing of this text. */
export function perturb(text: string, kind: Perturbation): string | undefined {
  const changed = RULES[kind](text)
  return changed === undefined || changed === text || changed.trim() === '' ? undefined : changed
}

const RULES: Readonly<Record<Perturbation, (text: string) => string | undefined>> = {
  whitespace: (text) => ` ${text.trim().replace(/ /g, '  ')}\n`,
  case: (text) => (text === text.toLowerCase() ? text.toUpperCase() : text.toLowerCase()),
  typo: typos,
  order: reordered,
  paraphrase: paraphrased,
  language: (text) => `${GREETINGS[seedOf(text) % GREETINGS.length]} ${text}`,
}

/** A greeting in another language, as visitors from elsewhere begin. */
const GREETINGS = ['Bonjour,', 'Guten Tag,', 'Hola,', 'Goedendag,', 'Dzień dobry,', 'こんにちは、']

const WORDS_A_TYPO = 8

/** Two letters swapped inside a long word, once in eight words, at places that the text itself decides. */
function typos(text: string): string | undefined {
  const words = text.split(/(\s+)/)
  const long = words.flatMap((word, at) => (/^\p{L}{4,}\W*$/u.test(word) ? [at] : []))
  if (long.length === 0) return undefined
  const count = Math.max(1, Math.floor(words.length / 2 / WORDS_A_TYPO))
  const seed = seedOf(text)
  for (let i = 0; i < count; i++) {
    const at = long[(seed + i * 7) % long.length] ?? 0
    const word = words[at] ?? ''
    const place = 1 + ((seed + i) % Math.max(1, word.replace(/\W/g, '').length - 3))
    words[at] = word.slice(0, place) + (word[place + 1] ?? '') + (word[place] ?? '') + word.slice(place + 2)
  }
  return words.join('')
}

/** The last sentence first; of one sentence, what stands behind “, ” or “if”, “when”, “because” first. */
function reordered(text: string): string | undefined {
  const sentences = text.trim().split(/(?<=[.!?])\s+/)
  if (sentences.length > 1) return [sentences.at(-1), ...sentences.slice(0, -1)].join(' ')
  const clause = /^(.+?),?\s+((?:if|when|because|after|before)\s.+?)([.!?]?)$/i.exec(text.trim())
  if (!clause) return undefined
  const [, first = '', second = '', end = ''] = clause
  return `${capital(second)}, ${small(first)}${end}`
}

const REWORDINGS: readonly (readonly [RegExp, string])[] = [
  [/^how (?:do|can) i (.+?)\?$/i, 'What do I have to do to $1?'],
  [/^can i (.+?)\?$/i, 'Is it possible for me to $1?'],
  [/^(?:what|which) (?:is|are) (.+?)\?$/i, 'Please tell me: $1?'],
  [/^where (?:is|are) (.+?)\?$/i, 'At which place would I find $1?'],
  [/^how (?:much|many) (.+?)\?$/i, 'Could you tell me how much $1?'],
  [/^how long (.+?)\?$/i, 'For what time $1?'],
  [/^(?:do|does) (.+?)\?$/i, 'I would like to know whether $1.'],
  [/^(.+?)\?$/, 'One question: $1?'],
  [/^(.+)$/s, 'This is what I need: $1'],
]

function paraphrased(text: string): string | undefined {
  const trimmed = text.trim()
  const [pattern, instead] = REWORDINGS.find(([one]) => one.test(trimmed)) ?? []
  return pattern && instead ? trimmed.replace(pattern, instead) : undefined
}

/** A number that the text decides. */
const seedOf = (text: string): number =>
  Number.parseInt(digestOfBytes(text).slice('sha256:'.length, 'sha256:'.length + 8), 16)

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
const small = (text: string): string => (/^I\b/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1))
