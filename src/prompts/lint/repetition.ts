/** A rule about sentences that say the same twice: each copy is paid for, and one of them is forgotten at a change. */
import { type LintFacts, wordsOf } from './facts.ts'
import type { Found } from './finding.ts'

/** Shorter ones, such as “Be brief.”, may well stand in two places. */
const FEWEST_WORDS = 5
/** Share of the words that two sentences have in common. */
const ALIKE = 0.75

export function repetitionRule({ sentences }: LintFacts): Found[] {
  const seen: { sentence: string; words: ReadonlySet<string> }[] = []
  return sentences.flatMap((sentence): Found[] => {
    const words = new Set(wordsOf(sentence))
    if (words.size < FEWEST_WORDS) return []
    const before = seen.find((one) => alike(one.words, words) >= ALIKE)
    seen.push({ sentence, words })
    if (!before) return []
    const isSame = wordsOf(before.sentence).join(' ') === wordsOf(sentence).join(' ')
    return [
      {
        code: 'repeated',
        severity: 'advice',
        field: 'template',
        at: sentence,
        message: isSame
          ? `“${short(sentence)}” stands here twice`
          : `“${short(sentence)}” says nearly what “${short(before.sentence)}” says`,
        remedy: 'Keep one of them.',
      },
    ]
  })
}

function alike(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const common = [...one].filter((word) => other.has(word)).length
  return common / (one.size + other.size - common)
}

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text)
