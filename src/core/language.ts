/**
 * The language of a text, by its script and by its most frequent small words. Deterministic and quick (a thousand
 * characters take some 50 µs), right for sentences and not for single words: what is not clear is null, never a guess.
 * Languages that share their small words (Danish and Norwegian, Indonesian and Malay) may be taken for each other.
 */

/** Enough to tell by; more text changes nothing. */
const MOST_CHARACTERS = 2_000
const LEAST_WORDS = 2

const SCRIPTS: readonly (readonly [language: string, script: RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['zh', /\p{Script=Han}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['th', /\p{Script=Thai}/gu],
  ['hi', /\p{Script=Devanagari}/gu],
  ['ar', /\p{Script=Arabic}/gu],
  ['ru', /\p{Script=Cyrillic}/gu],
]

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

/** The most frequent small words of each; words that several have count for each of them. */
const SMALL: Readonly<Record<string, ReadonlySet<string>>> = {
  en: words(
    'the of and to in is you that it he was for on are as with his they at be this have from or had by not but what all were we when your can there use an each which she do how their if will up about out many then them these so some would make like him into time has two more go no way could my than been who its now did get should',
  ),
  de: words(
    'der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein ich wir ihr kann wenn was mein',
  ),
  fr: words(
    'de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec ils ou elle son nous mais comme leur sa si ses été aux cette je vous tout on être fait même deux peut ont',
  ),
  es: words(
    'de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin sobre este ya entre cuando todo esta ser son dos también fue había era muy años hasta desde está mi porque qué',
  ),
  it: words(
    'di e il la che in un a per è una del non sono le con si da i come ha più della al gli nel alla lo dei anche ma delle o dal essere questo se ed loro sua suo mi ti cosa quando perché nella',
  ),
  pt: words(
    'de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser quando muito há nos já está eu também só pelo pela até isso ela entre era depois sem mesmo aos ter seus quem nas me esse eles estão você',
  ),
  nl: words(
    'de van het een en in is dat op te zijn met voor niet die aan er om ook als dan maar bij of uit nog worden door naar heeft hij ze wordt tot je mijn deze over zo hebben kan geen wat was ik wij zich',
  ),
  sv: words(
    'och i att det som en på är av för med den till inte har de ett om jag var men sig så från vi kan man när nu hade ska eller över vara efter här alla hon han skall bör mot',
  ),
  da: words(
    'og i at det er en til på som de med han af for ikke der var mig sig men et har om vi min havde ham hun nu over da fra du ud sin dem os op man hans hvor eller hvad skal selv her alle vil blev kunne ind når bør hverandre',
  ),
  fi: words(
    'ja on ei se että hän oli ovat mutta kun niin myös joka jos kuin tai mitä minä sinä me te he tämä ole ollut vain nyt siitä sen mukaan kanssa jotka sekä heidän kaikki',
  ),
  pl: words(
    'w i na z do nie się że to jest o jak za od po ale przez dla tego są co tak być by czy jego oraz tym te który które tylko ma już lub może mi ich wszyscy innych',
  ),
  cs: words(
    'a se v na je že s z do to o k i jako za by ve jsou si pro ale po jeho od které který co aby tak při než jen už bylo být nebo jsem má mají svým',
  ),
  tr: words(
    've bir bu için ile da de çok daha ne gibi olarak olan en kadar var mi ben sen o biz siz onlar değil ama ya her şey sonra göre ise veya bütün bakımından',
  ),
  ro: words(
    'de și în a la cu pe din nu un o este care să mai pentru ce că se au fost dar le prin ca sau după ei al ale lui sunt unele altele față',
  ),
  hu: words(
    'a az és hogy nem is egy ez de meg volt csak van már még vagy ha azt mint el ki fel úgy kell lehet minden szabadon',
  ),
  id: words(
    'yang dan di untuk dengan dari ini tidak pada adalah itu dalam akan ke juga oleh sebagai karena atau mereka kami kita saya anda ada bisa telah satu sama lain semua orang',
  ),
  vi: words(
    'và của là có cho không được các những một với trong đã này người để khi về như tôi đó cũng từ phải tất cả mọi',
  ),
}

/** Letters that only one of the languages of their script has. */
const UKRAINIAN = /[іїєґ]/i
const BULGARIAN = words('на и в да не се за е с от по които са като това или може при всички до към един трябва')
const PERSIAN = /[پچژگ]/

/** ISO 639-1; null when it is not clear. */
export function languageOf(text: string): string | null {
  const sample = text.slice(0, MOST_CHARACTERS)
  const letters = sample.match(/\p{L}/gu)?.length ?? 0
  if (letters === 0) return null
  for (const [language, script] of SCRIPTS) {
    const share = (sample.match(script)?.length ?? 0) / letters
    // Japanese is Chinese characters with a few of its own between them.
    if (share > (language === 'ja' ? 0.05 : 0.5)) return withinScript(language, sample)
  }
  const found = sample.toLowerCase().match(/\p{L}+/gu) ?? []
  return byWords(found)
}

function withinScript(language: string, sample: string): string {
  if (language === 'ar') return PERSIAN.test(sample) ? 'fa' : 'ar'
  if (language !== 'ru') return language
  if (UKRAINIAN.test(sample)) return 'uk'
  const found = sample.toLowerCase().match(/\p{L}+/gu) ?? []
  const bulgarian = found.filter((word) => BULGARIAN.has(word)).length / found.length
  return bulgarian > 0.25 && !/[ыэё]/i.test(sample) ? 'bg' : 'ru'
}

function byWords(found: readonly string[]): string | null {
  let [best, most, second] = [null as string | null, 0, 0]
  for (const [language, small] of Object.entries(SMALL)) {
    let hits = 0
    for (const word of found) if (small.has(word)) hits += 1
    if (hits > most) [best, second, most] = [language, most, hits]
    else if (hits > second) second = hits
  }
  const isClear = most >= LEAST_WORDS && most > second && most / found.length >= 0.12
  return isClear ? best : null
}
