/** Which language somebody is spoken to in. Pure. */
import { preferredLanguages } from '../core/disclosure.ts'

/** What everything is written in first, and what is said where a translation lacks a text. */
export const FIRST_LANGUAGE = 'en'

export type Asked = {
  /** What the person chose; null where nothing was chosen. */
  readonly own: string | null
  /** The header `Accept-Language`. */
  readonly accepted: string | undefined
  /** What the installation speaks to whoever says nothing. */
  readonly usual: string | undefined
}

/** The person's own, else the first that the browser asks for, else the installation's, else English; each if it is known. */
export function chooseLanguage({ own, accepted, usual }: Asked, known: readonly string[]): string {
  const asked = preferredLanguages(accepted).map((tag) => tag.split('-')[0] ?? '')
  return [own, ...asked, usual].find((one) => one != null && known.includes(one)) ?? FIRST_LANGUAGE
}
