/**
 * By what a question was changed: one of our rules, or a model that worded it anew or put it into another language.
 * The id of a variant says it: `q1~typo` is `q1` with typos, `q1~language:de` is `q1` in German, and
 * `q1~paraphrase-by-model.2` its second paraphrase.
 */
import { z } from 'zod'
import { Perturbation } from './perturb.ts'

/** Between the id of an original and what it was changed by. */
export const MARK = '~'
export const PARAPHRASE = 'paraphrase-by-model'
const LANGUAGE = 'language:'

const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' })
/** The English name of a language; undefined for a tag that names none. */
export function languageName(tag: string): string | undefined {
  try {
    return names.of(tag)
  } catch {
    return undefined
  }
}

/** A language as BCP 47 has it, such as `de` or `pt-BR`. */
export const LanguageTag = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'is no tag of a language, such as de or pt-BR')
  .refine((tag) => languageName(tag) !== undefined, 'names no language that is known')

export const languageKind = (tag: string): string => `${LANGUAGE}${tag}`
/** The language that a question was put into; undefined where it was changed by something else. */
export const languageIn = (kind: string): string | undefined =>
  kind.startsWith(LANGUAGE) ? kind.slice(LANGUAGE.length) : undefined

/** The original of a variant and what changed it; undefined for what is no variant. */
export function variantIn(id: string): { question: string; kind: string } | undefined {
  const at = id.lastIndexOf(MARK)
  const kind = id.slice(at + 1).replace(/\.\d+$/, '')
  const isKnown = kind === PARAPHRASE || languageIn(kind) !== undefined || Perturbation.safeParse(kind).success
  return at > 0 && isKnown ? { question: id.slice(0, at), kind } : undefined
}
