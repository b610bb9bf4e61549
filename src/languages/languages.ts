/**
 * The languages that there are, whom which is spoken to, and what packs say in them.
 *
 * Invariant: what a language lacks is said in English, text by text; ids, figures and evidence are never translated.
 */
import type { ActorId } from '../core/actor.ts'
import { Failure } from '../kernel/failure.ts'
import { chooseLanguage, FIRST_LANGUAGE } from './choose.ts'
import type { Spoken } from './contract.ts'
import { translate } from './pack-texts.ts'

export type LanguagesDeps = {
  /** Besides English: by language, what each English text is there. */
  readonly translations: ReadonlyMap<string, ReadonlyMap<string, string>>
  readonly usual: string | undefined
  readonly ownOf: (actor: ActorId) => string | null
  readonly keep: (actor: ActorId, language: string | null) => Promise<void>
}
export type Asking = { readonly actor: ActorId | undefined; readonly accepted: string | undefined }

export type Languages = ReturnType<typeof createLanguages>

export function createLanguages({ translations, usual, ownOf, keep }: LanguagesDeps) {
  const known = [FIRST_LANGUAGE, ...translations.keys()]
  const ownBy = (actor: ActorId | undefined) => (actor === undefined ? null : ownOf(actor))
  const languageFor = ({ actor, accepted }: Asking): string =>
    chooseLanguage({ own: ownBy(actor), accepted, usual }, known)
  const spoken = (asking: Asking): Spoken => ({
    language: languageFor(asking),
    own: ownBy(asking.actor),
    languages: known.map((language) => ({ language, name: nameOf(language) })),
  })

  return {
    spoken,
    /** A value that the server says, in the language of whoever asks. */
    say(value: unknown, asking: Asking): unknown {
      const texts = translations.get(languageFor(asking))
      return texts ? translate(value, texts) : value
    },
    async choose(language: string | null, asking: Asking & { readonly actor: ActorId }): Promise<Spoken> {
      if (language !== null && !known.includes(language))
        throw new Failure(
          'invalid',
          'languages.unknown',
          `language: there is no ${language} here; there are ${known.join(', ')}. A translation is a file in packs/words.`,
        )
      await keep(asking.actor, language)
      return spoken(asking)
    },
  }
}

const nameOf = (language: string): string =>
  new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language
