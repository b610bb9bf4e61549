/**
 * The texts of packs by their place, and packs' translations beside them. What a pack says is data in English; a
 * translation is a file with the same places, text by text. Pure.
 */
import { z } from 'zod'

/** Packs whose words people read on their way to a plan, by their file without its ending. */
export const TRANSLATED_PACKS = [
  'guide/en',
  'advisor/questions',
  'advisor/core',
  'roadmap/core',
  'risks/core',
  'kpis/core',
  'law/eu-ai-act',
  'law/gdpr',
  'law/ccpa',
  'gates/core',
] as const

/** A translation stands beside its pack: `guide/de.json`, `advisor/core.de.json`. */
export const translationOf = (pack: string, language: string): string =>
  pack.endsWith('/en') ? `${pack.slice(0, -2)}${language}.json` : `${pack}.${language}.json`

export const PackTranslation = z.strictObject({
  name: z.string(),
  language: z.string().regex(/^[a-z]{2,3}$/),
  /** By the place of the English text. */
  texts: z.record(z.string(), z.string().min(1)),
})
export type PackTranslation = z.infer<typeof PackTranslation>

/** Fields that hold words; all others hold ids, figures and conditions. */
const WORDS: ReadonlySet<string> = new Set([
  ...[
    'activity',
    'description',
    'example',
    'formula',
    'help',
    'howto',
    'label',
    'measures',
    'metrics',
    'mitigation',
    'note',
  ],
  ...['rationale', 'reason', 'recommend', 'refutedWhen', 'resources', 'risks', 'says', 'test', 'timeline', 'title'],
  ...['task', 'why', 'question', 'unit'],
])

/** Where each text of a pack stands: ids of its parts and the field, such as `steps.idea.fields.who.help`. */
export function textsOf(pack: unknown): Map<string, string> {
  const texts = new Map<string, string>()
  const walk = (value: unknown, place: readonly string[], isWords: boolean): void => {
    if (typeof value === 'string') {
      // A part that says its own id, such as the question of a field of the guide, names another part.
      const isName = place.at(-2) === value
      if (isWords && !isName && /\p{L}{2}/u.test(value)) texts.set(place.join('.'), value)
    } else if (Array.isArray(value))
      value.forEach((one, at) => {
        walk(one, [...place, nameOf(one) ?? String(at)], isWords)
      })
    else if (isRecord(value))
      for (const [key, one] of Object.entries(value)) walk(one, [...place, key], WORDS.has(key) && key in value)
  }
  walk(pack, [], false)
  return texts
}

/** Says a value of the server in another language: texts of packs that stand in fields of words, as they stand. */
export function translate(value: unknown, texts: ReadonlyMap<string, string>, isWords = false): unknown {
  if (typeof value === 'string') return isWords ? (texts.get(value) ?? value) : value
  if (Array.isArray(value)) return value.map((one) => translate(one, texts, isWords))
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, translate(one, texts, WORDS.has(key))]))
}

const nameOf = (part: unknown): string | undefined => {
  if (!isRecord(part)) return undefined
  const name = part.id ?? part.value
  return name === undefined ? undefined : String(name)
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
