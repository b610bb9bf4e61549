/** Lists what a translation lacks, with the English text: `node tools/translations.ts de`. */
import { existsSync, readFileSync } from 'node:fs'
import { TRANSLATED_PACKS, textsOf, translationOf } from '../src/languages/index.ts'

function main([language = '']: readonly string[]): void {
  if (!/^[a-z]{2,3}$/.test(language)) {
    console.error('Say which language: node tools/translations.ts de')
    process.exitCode = 1
    return
  }
  const pages = new Map(Object.entries(textsIn('packs/words/en.json')))
  list(`packs/words/${language}.json`, pages)
  for (const pack of TRANSLATED_PACKS)
    list(`packs/${translationOf(pack, language)}`, textsOf(JSON.parse(readFileSync(`packs/${pack}.json`, 'utf8'))))
}

function list(file: string, english: ReadonlyMap<string, string>): void {
  const texts = textsIn(file)
  const lacking = [...english].filter(([key]) => texts[key] === undefined)
  console.log(`${file} lacks ${lacking.length} of ${english.size} texts`)
  for (const [key, text] of lacking) console.log(`  ${key}\t${text}`)
}

const textsIn = (file: string): Record<string, string> =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { texts: Record<string, string> }).texts : {}

if (import.meta.main) main(process.argv.slice(2))
