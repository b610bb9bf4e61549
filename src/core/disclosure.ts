/**
 * What the people who use an application are told: that a machine answers, and how what it makes is marked. It is a
 * part of the release, so that what was said to whom can be told afterwards, and the gateway has it without asking.
 */
import { z } from 'zod'

const Sentence = z
  .string()
  .trim()
  .min(10, 'say in at least 10 characters that a machine answers')
  .max(500)
  .regex(/^[^\p{Cc}]+$/u, 'a disclosure is one line')

export const Disclosure = z.strictObject({
  /** For everybody whose language is not among the translations. */
  text: Sentence,
  /** The language of `text`. */
  language: z
    .string()
    .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, 'a language is written en or pt-BR')
    .default('en'),
  translations: z.record(z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/), Sentence).default({}),
  /** What it makes that people see, and how each is marked; null for one that is not marked yet. */
  synthetic: z
    .array(
      z.strictObject({
        kind: z.enum(['text', 'image', 'audio', 'video']),
        marking: z.string().trim().min(1).max(500).nullable().default(null),
      }),
    )
    .default([]),
})
export type Disclosure = z.infer<typeof Disclosure>

/** The sentence for somebody who prefers these languages, best first (as `Accept-Language` has them). */
export function disclosureFor({ text, language, translations }: Disclosure, accepted: string | undefined): string {
  const all = new Map([[language.toLowerCase(), text], ...Object.entries(translations).map(lowered)])
  for (const wanted of preferredLanguages(accepted)) {
    const found = all.get(wanted) ?? all.get(wanted.split('-')[0] ?? '')
    if (found !== undefined) return found
  }
  return text
}

const lowered = ([language, sentence]: [string, string]): [string, string] => [language.toLowerCase(), sentence]

/** A header of a stranger is read no further than this. */
const LONGEST = 500

/** The tags of the header `Accept-Language`, best first, in lower case. */
export const preferredLanguages = (accepted = ''): string[] =>
  accepted
    .slice(0, LONGEST)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const quality = parameters.map((one) => /^\s*q=([\d.]+)$/.exec(one)?.[1]).find((one) => one !== undefined)
      return { tag, quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ tag, quality }) => tag !== '' && tag !== '*' && quality > 0)
    .sort((one, other) => other.quality - one.quality)
    .map(({ tag }) => tag)
