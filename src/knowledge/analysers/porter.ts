/**
 * Porter's stemmer as published: M. F. Porter, "An algorithm for suffix stripping", Program 14 (1980)
 * 130-137, steps 1a to 5b. Words of one or two letters stay, as in the author's own program.
 */

/** The stem of a word in lower case. What is longer than any English word is no word and stays as it is. */
export function stem(word: string): string {
  if (word.length <= 2 || word.length > LONGEST_WORD) return word
  return [step1a, step1b, step1c, step2, step3, step4, step5a, step5b].reduce((rest, step) => step(rest), word)
}

const LONGEST_WORD = 64

function step1a(word: string): string {
  if (word.endsWith('sses') || word.endsWith('ies')) return word.slice(0, -2)
  return word.endsWith('ss') || !word.endsWith('s') ? word : word.slice(0, -1)
}

function step1b(word: string): string {
  if (word.endsWith('eed')) return measure(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word
  const suffix = ['ed', 'ing'].find((one) => word.endsWith(one))
  if (suffix === undefined || !hasVowel(word.slice(0, -suffix.length))) return word
  const rest = word.slice(0, -suffix.length)
  if (/(at|bl|iz)$/.test(rest)) return `${rest}e`
  if (endsInDouble(rest) && !/[lsz]$/.test(rest)) return rest.slice(0, -1)
  return measure(rest) === 1 && endsInShortSyllable(rest) ? `${rest}e` : rest
}

const step1c = (word: string): string =>
  word.endsWith('y') && hasVowel(word.slice(0, -1)) ? `${word.slice(0, -1)}i` : word

const SUFFIXES_2: readonly (readonly [string, string])[] = [
  ['ational', 'ate'],
  ['tional', 'tion'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['izer', 'ize'],
  ['abli', 'able'],
  ['alli', 'al'],
  ['entli', 'ent'],
  ['eli', 'e'],
  ['ousli', 'ous'],
  ['ization', 'ize'],
  ['ation', 'ate'],
  ['ator', 'ate'],
  ['alism', 'al'],
  ['iveness', 'ive'],
  ['fulness', 'ful'],
  ['ousness', 'ous'],
  ['aliti', 'al'],
  ['iviti', 'ive'],
  ['biliti', 'ble'],
]
const SUFFIXES_3: readonly (readonly [string, string])[] = [
  ['icate', 'ic'],
  ['ative', ''],
  ['alize', 'al'],
  ['iciti', 'ic'],
  ['ical', 'ic'],
  ['ful', ''],
  ['ness', ''],
]
const step2 = (word: string): string => replaceLongest(word, SUFFIXES_2)
const step3 = (word: string): string => replaceLongest(word, SUFFIXES_3)

/** Of the suffixes that match, the longest alone is tried. */
function replaceLongest(word: string, suffixes: readonly (readonly [string, string])[]): string {
  const [suffix, replacement] = suffixes.find(([one]) => word.endsWith(one)) ?? []
  if (suffix === undefined || replacement === undefined) return word
  const rest = word.slice(0, -suffix.length)
  return measure(rest) > 0 ? rest + replacement : word
}

const SUFFIXES_4 = [
  ...['ement', 'ance', 'ence', 'able', 'ible', 'ment', 'ant', 'ent', 'ism', 'ate', 'iti', 'ous', 'ive', 'ize', 'ion'],
  ...['al', 'er', 'ic', 'ou'],
]

function step4(word: string): string {
  const suffix = SUFFIXES_4.find((one) => word.endsWith(one))
  if (suffix === undefined) return word
  const rest = word.slice(0, -suffix.length)
  if (suffix === 'ion' && !/[st]$/.test(rest)) return word
  return measure(rest) > 1 ? rest : word
}

function step5a(word: string): string {
  if (!word.endsWith('e')) return word
  const rest = word.slice(0, -1)
  const size = measure(rest)
  return size > 1 || (size === 1 && !endsInShortSyllable(rest)) ? rest : word
}

const step5b = (word: string): string => (word.endsWith('ll') && measure(word) > 1 ? word.slice(0, -1) : word)

/** A letter is a consonant unless it is a, e, i, o, u, or a y after a consonant. */
function isConsonant(word: string, at: number): boolean {
  const letter = word.charAt(at)
  if ('aeiou'.includes(letter)) return false
  return letter !== 'y' || at === 0 || !isConsonant(word, at - 1)
}

/** m in [C](VC)^m[V]: how often a consonant follows a vowel. */
function measure(word: string): number {
  let count = 0
  for (let at = 1; at < word.length; at++) if (isConsonant(word, at) && !isConsonant(word, at - 1)) count += 1
  return count
}

function hasVowel(word: string): boolean {
  for (let at = 0; at < word.length; at++) if (!isConsonant(word, at)) return true
  return false
}

const endsInDouble = (word: string): boolean =>
  word.length > 1 && word.at(-1) === word.at(-2) && isConsonant(word, word.length - 1)

/** *o: consonant, vowel, consonant that is not w, x or y. */
function endsInShortSyllable(word: string): boolean {
  const last = word.length - 1
  if (last < 2 || 'wxy'.includes(word.charAt(last))) return false
  return isConsonant(word, last) && !isConsonant(word, last - 1) && isConsonant(word, last - 2)
}
