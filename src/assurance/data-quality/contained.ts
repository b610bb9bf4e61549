/**
 * Questions that stand word by word in another text: a prompt that shows them, a document that holds them. By runs of
 * five words, as contamination of benchmarks is looked for; a shorter question is one run.
 */
import { plain } from '../../evals/index.ts'

const RUN = 5
/** Shorter ones (`thank you`) turn up by chance. */
const FEWEST_WORDS = 4
/** Of a question's runs, how many one text must hold. */
const SHARE = 0.8

/** Which of the questions stand in one of the texts: place of the question, and of the first text that holds it. */
export function findContained(
  questions: readonly string[],
  texts: Iterable<string>,
): { question: number; text: number }[] {
  const runs = new Map<string, number[]>()
  const sizes = questions.map((question, at) => {
    const own = new Set(runsOf(plain(question)))
    for (const run of own) {
      const there = runs.get(run)
      if (there) there.push(at)
      else runs.set(run, [at])
    }
    return own.size
  })
  const found = new Map<number, number>()
  let number = 0
  for (const text of texts) {
    const hits = new Map<number, number>()
    for (const run of new Set(runsOf(plain(text), true)))
      for (const question of runs.get(run) ?? []) hits.set(question, (hits.get(question) ?? 0) + 1)
    for (const [question, count] of hits)
      if (!found.has(question) && count >= SHARE * (sizes[question] ?? Number.POSITIVE_INFINITY))
        found.set(question, number)
    number += 1
  }
  return [...found].map(([question, text]) => ({ question, text })).sort((one, other) => one.question - other.question)
}

/** @param withShort also runs of the length of a short question */
function* runsOf(text: string, withShort = false): Generator<string> {
  const words = text === '' ? [] : text.split(' ')
  if (!withShort && words.length < FEWEST_WORDS) return
  const lengths = withShort ? [FEWEST_WORDS, RUN] : [Math.min(RUN, words.length)]
  for (const length of lengths)
    for (let at = 0; at + length <= words.length; at++) yield words.slice(at, at + length).join(' ')
}
