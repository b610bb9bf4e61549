/**
 * Rules about instructions that cannot both be followed. By a list of opposites and by “never” against “always” about
 * the same act; English alone. A rule of words misses much: what it names is worth reading, what it does not may still
 * contradict.
 */
import { type LintFacts, wordsOf } from './facts.ts'
import type { Found } from './finding.ts'

const OPPOSITES: readonly (readonly [what: string, one: RegExp, other: RegExp])[] = [
  [
    'length',
    /\b(?:be (?:very )?(?:brief|concise|short)|(?:answer|reply|respond) (?:briefly|concisely|in (?:a|one) (?:single )?sentence)|keep (?:it|answers?|replies) (?:short|brief))\b/i,
    /\b(?:be (?:very )?(?:detailed|thorough|comprehensive|exhaustive)|in (?:great|full|as much) detail|at length|elaborate|as long as possible|explain everything)\b/i,
  ],
  [
    'tone',
    /\b(?:be|stay|sound|write|use an?) (?:very )?formal\b/i,
    /\b(?:be|stay|sound|write|use an?) (?:very )?(?:informal|casual|chatty)\b/i,
  ],
  [
    'sources',
    /\b(?:only (?:use )?the (?:\w+ )?(?:passages|documents|context|text)|use (?:only|nothing but) the)\b/i,
    /(?<!not )(?<!never )\buse (?:your (?:own )?(?:general )?knowledge|what you know)\b/i,
  ],
  [
    'language',
    /\b(?:always |only )?(?:answer|reply|respond|write) (?:always |only )?in (?:english|german|french|spanish|dutch|italian)\b/i,
    /\bin the (?:same )?language (?:of|that|as) (?:the |they )?(?:user|question|customer)/i,
  ],
  [
    'lists',
    /\b(?:do not|don't|never|no) (?:use |write )?(?:bullets?|lists?|bullet points?|markdown)\b/i,
    /(?<!not )(?<!never )(?<!n't )\b(?:use|write|give|as|in) (?:an? )?(?:bullets?|bulleted list|bullet points?|numbered list|markdown)\b/i,
  ],
  [
    'questions',
    /\b(?:do not|don't|never) ask (?:any )?(?:the user |back|(?:clarifying |further )?questions?)/i,
    /(?<!not )(?<!never )(?<!n't )\bask (?:the user )?(?:an? |for )?(?:clarifying|clarification|follow-up|back)\b/i,
  ],
]

export function contradictionRule({ sentences }: LintFacts): Found[] {
  const byList = OPPOSITES.flatMap(([what, one, other]): Found[] => {
    const first = sentences.find((sentence) => one.test(sentence))
    const second = sentences.find((sentence) => other.test(sentence))
    return first !== undefined && second !== undefined ? [against(what, first, second)] : []
  })
  return [...byList, ...lengths(sentences), ...neverAndAlways(sentences)]
}

/** “at most two sentences” and “at least five sentences”. */
function lengths(sentences: readonly string[]): Found[] {
  const bounds = (words: string) =>
    sentences.flatMap((sentence) => {
      const match = new RegExp(`\\b(?:${words}) (\\w+) (sentences?|words?|paragraphs?|bullets?)\\b`, 'i').exec(sentence)
      const value = match ? numberOf(match[1] ?? '') : undefined
      return match && value !== undefined
        ? [{ sentence, value, unit: (match[2] ?? '').toLowerCase().replace(/s$/, '') }]
        : []
    })
  const least = bounds('at least|no fewer than|no less than|minimum of')
  return bounds('at most|no more than|up to|maximum of|fewer than').flatMap((most) => {
    const higher = least.find(({ unit, value }) => unit === most.unit && value > most.value)
    return higher ? [against('length', most.sentence, higher.sentence)] : []
  })
}

const NUMBERS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
const numberOf = (word: string): number | undefined => {
  if (/^\d+$/.test(word)) return Number(word)
  const at = NUMBERS.indexOf(word.toLowerCase())
  return at < 0 ? undefined : at
}

/** One sentence forbids nearly what another one asks for. */
function neverAndAlways(sentences: readonly string[]): Found[] {
  const forbids = /^(?:never|do not|don't|you must not)\s+(.*)$/i
  const asks = sentences.map((sentence) => ({ sentence, words: contentOf(sentence) }))
  return sentences.flatMap((sentence): Found[] => {
    const act = forbids.exec(sentence)?.[1]
    if (act === undefined) return []
    const words = contentOf(act)
    if (words.length < 2) return []
    const other = asks.find(
      (one) =>
        !forbids.test(one.sentence) &&
        !/\b(?:not|never|n't|unless|except)\b/i.test(one.sentence) &&
        one.words.length <= words.length + 2 &&
        words.every((word) => one.words.includes(word)),
    )
    return other ? [against('an act', sentence, other.sentence)] : []
  })
}

const EMPTY = new Set([
  'the',
  'a',
  'an',
  'always',
  'please',
  'must',
  'should',
  'you',
  'your',
  'to',
  'in',
  'of',
  'and',
  'or',
])
const contentOf = (sentence: string): string[] => wordsOf(sentence).filter((word) => !EMPTY.has(word))

const against = (what: string, one: string, other: string): Found => ({
  code: 'contradictory',
  severity: 'warning',
  field: 'template',
  at: other,
  message: `“${one}” and “${other}” contradict each other (${what})`,
  remedy: 'Keep one of them, or say when each holds.',
})
