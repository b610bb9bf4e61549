/** Translations of packs stand beside them, with places that the English pack has; what they lack is said in English. */
import { globSync } from 'node:fs'
import { PackTranslation, TRANSLATED_PACKS, textsOf, translationOf } from '../../src/languages/index.ts'
import type { DocCheck, DocFinding, Repository } from './repository.ts'

const WORDS = /^packs\/words\/([a-z]{2,3})\.json$/

export const checkTranslations: DocCheck = (repository) => {
  const packs = TRANSLATED_PACKS.flatMap((pack) => {
    const english = repository.read(`packs/${pack}.json`)
    return english === undefined ? [] : [{ pack, english: textsOf(JSON.parse(english)) }]
  })
  const looked = packs.flatMap((one) => languagesOf(repository).map((language) => lookAt(repository, language, one)))
  return { findings: looked.flatMap(({ findings }) => findings), notes: looked.flatMap(({ notes }) => notes) }
}

/** English is the first, and no translation. */
export const languagesOf = ({ root }: Pick<Repository, 'root'>): string[] =>
  globSync('packs/words/*.json', { cwd: root })
    .flatMap((path) => WORDS.exec(path.replaceAll('\\', '/'))?.[1] ?? [])
    .filter((language) => language !== 'en')

function lookAt(
  { read }: Repository,
  language: string,
  { pack, english }: { pack: string; english: ReadonlyMap<string, string> },
): { findings: DocFinding[]; notes: string[] } {
  const file = `packs/${translationOf(pack, language)}`
  const text = read(file)
  if (text === undefined) return { findings: [], notes: [`There is no ${file}: ${english.size} texts are English.`] }
  const known = PackTranslation.safeParse(JSON.parse(text))
  if (!known.success || known.data.language !== language)
    return {
      findings: [{ file, line: 1, found: 'It is no translation.', remedy: `Say language ${language}.` }],
      notes: [],
    }
  const places = Object.keys(known.data.texts)
  const lacking = [...english.keys()].filter((place) => known.data.texts[place] === undefined)
  return {
    findings: places
      .filter((place) => !english.has(place))
      .map((place) => ({ file, line: 1, found: `English has no ${place}.`, remedy: 'Take it out.' })),
    notes: lacking.length === 0 ? [] : [`${file} lacks ${lacking.length} of ${english.size} texts, said in English.`],
  }
}
