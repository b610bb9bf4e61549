/** Words that carry something, in the form in which they are compared. English alone; it knows no meaning. Pure. */

const EMPTY = new Set(
  `a about after all also an and any are as at be because been before but by can could did do does for from get got had has have he her
  him his how i if in into is it its just like me more most my no nor not now of off on only or other our out over own say says she so
  some such than that the their them then there these they this those through to too under up us very was we were what when where
  which while who why will with would you your yes it's don't isn't wasn't doesn't didn't can't i'm really quite bit lot thing things`
    .split(/\s+/)
    .map((word) => word.replace(/'/g, '')),
)

const SHORTEST = 3

export const wordsOf = (text: string): string[] =>
  (
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/['’]/g, '')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
    .filter((word) => word.length >= SHORTEST && !EMPTY.has(word))
    .map(stem)

/** Plurals and the commonest endings, so that `answers` and `answer` are one word. */
function stem(word: string): string {
  if (word.length > 5 && word.endsWith('ies')) return `${word.slice(0, -3)}y`
  if (word.length > 6 && word.endsWith('ing')) return word.slice(0, -3)
  if (word.length > 5 && word.endsWith('ed')) return word.slice(0, -2)
  if (word.length > 4 && word.endsWith('es') && /(?:s|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2)
  if (word.length > 3 && word.endsWith('s') && !/(?:ss|us|is)$/.test(word)) return word.slice(0, -1)
  return word
}
