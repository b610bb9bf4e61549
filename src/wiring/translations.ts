/** The translations of packs, read once at the start. A language is known when the words of the pages are there in it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PackTranslation, TRANSLATED_PACKS, textsOf, translationOf } from '../languages/index.ts'

/** By language, what each English text of a pack is there. */
export function readTranslations(root: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const languages = readdirSync(join(root, 'packs', 'words'))
    .flatMap((file) => /^([a-z]{2,3})\.json$/.exec(file)?.[1] ?? [])
    .filter((language) => language !== 'en')
  return new Map(
    languages.map((language) => [language, new Map(TRANSLATED_PACKS.flatMap((pack) => pairs(root, pack, language)))]),
  )
}

function pairs(root: string, pack: string, language: string): [english: string, text: string][] {
  const path = join(root, 'packs', translationOf(pack, language))
  if (!existsSync(path)) return []
  const { texts } = PackTranslation.parse(readJson(path))
  return [...textsOf(readJson(join(root, 'packs', `${pack}.json`)))].flatMap(([place, english]) => {
    const text = texts[place]
    return text === undefined ? [] : [[english, text]]
  })
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
