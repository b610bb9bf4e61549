/** Flesch-Kincaid grade of English text: how many years of school it takes. Syllables are groups of vowels. */
export function gradeOf(text: string): number {
  const sentences = Math.max(1, text.split(/[.!?:]+(?:\s|$)/).filter((one) => /\w/.test(one)).length)
  const all = text.toLowerCase().match(/[a-z']+/g) ?? []
  if (all.length === 0) return 0
  const syllables = all.reduce((sum, word) => sum + syllablesOf(word), 0)
  return 0.39 * (all.length / sentences) + 11.8 * (syllables / all.length) - 15.59
}

function syllablesOf(word: string): number {
  const groups = word.replace(/(?:[^laeiouy]es|ed|[^laeiouy]e)$/, '').match(/[aeiouy]+/g)
  return Math.max(1, groups?.length ?? 1)
}
