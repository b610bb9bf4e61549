/** The answer is in the language that is wanted: by script, then by its commonest small words. */
import { z } from 'zod'
import { evaluator, notApplicable, passed } from './evaluator.ts'

/** Small words that are common in one language; words of several languages count for each of them. */
const WORDS: Readonly<Record<string, string>> = {
  en: 'the of and to in is that it for was on are with as his they at be this have from or had by but what some we can out other were all there when your how said an each she which do their time if will way about many then them would like so these her long make see him two has more could go my than been who its now did get come made may part',
  de: 'der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei ich ihr wir kann wenn hier unter ihre ihren ihnen',
  fr: 'de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec son aux ont mais comme ou été cette on vous nous je elle leur être fait sa tout deux même ces ses si votre vos peut où',
  es: 'de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin sobre este ya entre cuando todo esta ser son dos también fue había era muy años hasta desde está mi porque qué sólo han yo hay vez puede usted',
  it: 'di e il la che in a per un è del non una sono le con si da come i più al ma dei nel della ha lo alla anche o gli delle su se questo essere dal ci sua era suo hanno due stato degli questa quando nella cui',
  pt: 'de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser quando muito há nos já está eu também só pelo pela até isso ela entre era depois sem mesmo aos você',
  nl: 'de van het een en in is dat op te zijn met voor niet die aan er om ook als dan maar bij nog uit door over ze heeft hij naar wordt worden tot je werd kan deze geen was al meer wel hebben of zo ik u uw we onder',
  sv: 'och i att det som en på är av för den med till inte har de ett om han men var jag sig så vi från man när nu kan hon ska eller där mycket efter skulle hade sin också bara blir vid över du dig',
  da: 'og i at det er en til af på for med som de den har ikke et var jeg han der om vi fra men så sig hun kan skal eller blev blive mig dig hvad også når efter over vil ham du',
  pl: 'i w na z do się nie to jest że o jak po co za od ale czy tak przez dla był są oraz ich jego być tym może przy które który która już tylko jako',
}
/** Scripts that tell a language, or nearly. */
const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['zh', /\p{Script=Han}/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['ru', /\p{Script=Cyrillic}/gu],
  ['ar', /\p{Script=Arabic}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['th', /\p{Script=Thai}/gu],
  ['hi', /\p{Script=Devanagari}/gu],
]
export const LANGUAGES = [...Object.keys(WORDS), ...SCRIPTS.map(([language]) => language)]

export const language = evaluator({
  id: 'language',
  version: 1,
  kind: 'rate',
  unit: 'share',
  better: 'higher',
  range: { low: 0, high: 1 },
  needs: [],
  cost: 'none',
  source: `own, by script and small words, over ${LANGUAGES.join(', ')}; self-tested`,
  description:
    'The answer is in `language`, or in the one that the example’s metadata names. Too short to tell does not apply.',
  options: z.strictObject({ language: z.string().optional() }),
  scorer:
    ({ language: fixed }) =>
    ({ example, answer }) => {
      const wanted = fixed ?? example.metadata?.language
      if (typeof wanted !== 'string') return notApplicable('no language is wanted')
      const told = languageOf(answer)
      if (told === undefined) return notApplicable('too short to tell')
      return passed(told === wanted.toLowerCase().slice(0, 2), `${told}, wanted ${wanted}`)
    },
})

const LISTS = Object.entries(WORDS).map(([code, words]) => [code, new Set(words.split(' '))] as const)
const LEAST_HITS = 2

/** The code of a text's language (ISO 639-1); undefined when it is too short or too mixed to tell. */
export function languageOf(text: string): string | undefined {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  if (letters === 0) return undefined
  for (const [code, script] of SCRIPTS) {
    const share = (text.match(script)?.length ?? 0) / letters
    if (share > (code === 'ja' ? 0.1 : 0.5)) return code
  }
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? []
  const hits = LISTS.map(([code, list]) => ({ code, hits: words.filter((word) => list.has(word)).length }))
  const [best, second] = hits.sort((one, other) => other.hits - one.hits)
  if (!best || best.hits < LEAST_HITS || best.hits === second?.hits) return undefined
  return best.code
}
