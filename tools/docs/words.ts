/**
 * The texts of the pages stand in one catalogue, `packs/words/en.json`, so that a translation is a file beside it.
 * What another language lacks is said in English, and noted here.
 */
import { globSync } from 'node:fs'
import { readPageTexts } from './page-texts.ts'
import type { DocCheck, DocFinding, Repository } from './repository.ts'

const CATALOGUE = 'packs/words/en.json'
const HELD = 'web/src/**/*.{ts,tsx}'

type Texts = Readonly<Record<string, string>>

export const checkWords: DocCheck = (repository) => {
  const { root, read } = repository
  const english = textsOf(repository, CATALOGUE)
  if (!english) return { findings: [], notes: [`There is no ${CATALOGUE} yet; texts of pages were not looked at.`] }
  const used = new Set<string>()
  const findings = globSync(HELD, { cwd: root, exclude: ['**/*.test.*'] })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .flatMap((file): DocFinding[] => {
      const { outside, said } = readPageTexts(file, read(file) ?? '')
      for (const { key } of said) used.add(key)
      return [
        ...outside.map(({ line, text }) => ({
          ...{ file, line, found: `“${text.slice(0, 60)}” stands in the page.` },
          remedy: `Put it into ${CATALOGUE} and say it by its key.`,
        })),
        ...said.flatMap(({ line, key, names }) =>
          english[key] === undefined || names === undefined || saysAll(english[key], names)
            ? []
            : [
                {
                  file,
                  line,
                  found: `${key} takes ${listed(placeholders(english[key]))}.`,
                  remedy: `Say ${listed(names)}.`,
                },
              ],
        ),
      ]
    })
  const unused = Object.keys(english).filter((key) => !used.has(key))
  return {
    findings: [
      ...findings,
      ...unused.map((key) => ({ file: CATALOGUE, line: 1, found: `Nobody says ${key}.`, remedy: 'Take it out.' })),
      ...languages(repository).flatMap(({ file, texts }) => wrongIn(file, { texts, english })),
    ],
    notes: languages(repository).flatMap(({ file, texts }) => {
      const lacking = Object.keys(english).filter((key) => texts[key] === undefined)
      return lacking.length === 0
        ? []
        : [`${file} lacks ${lacking.length} of ${Object.keys(english).length} texts, said in English.`]
    }),
  }
}

const languages = (repository: Repository): { file: string; texts: Texts }[] =>
  globSync('packs/words/*.json', { cwd: repository.root })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((file) => file !== CATALOGUE)
    .map((file) => ({ file, texts: textsOf(repository, file) ?? {} }))

const wrongIn = (file: string, { texts, english }: { texts: Texts; english: Texts }): DocFinding[] =>
  Object.entries(texts).flatMap(([key, text]) => {
    const meant = english[key]
    if (meant === undefined) return [{ file, line: 1, found: `English has no ${key}.`, remedy: 'Take it out.' }]
    if (sameNames(placeholders(meant), placeholders(text))) return []
    return [
      { file, line: 1, found: `${key} has other names in braces.`, remedy: `Use ${listed(placeholders(meant))}.` },
    ]
  })

const textsOf = ({ read }: Repository, file: string): Texts | undefined => {
  const text = read(file)
  return text === undefined ? undefined : (JSON.parse(text) as { texts: Texts }).texts
}

const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')

/** The count of a text with two forms may stand in none of them. */
const saysAll = (text: string, names: readonly string[]): boolean =>
  sameNames(placeholders(text.includes(' | ') ? `${text}{n}` : text), names)

const sameNames = (one: readonly string[], other: readonly string[]): boolean =>
  listed([...new Set(one)].sort()) === listed([...new Set(other)].sort())

const listed = (names: readonly string[]): string => names.join(', ') || 'nothing'
