/** How texts are compared: SQuAD's normalisation and plain tokens, both without citation markers. */

/** Text without markers such as `[1]` or `[2, 3]`. */
export const withoutMarkers = (text: string): string => text.replace(/\s?\[\d+(?:\s*,\s*\d+)*\]/g, '')

/**
 * SQuAD's normalisation (Rajpurkar et al. 2016, evaluate-v1.1.py): lower case, ASCII punctuation and
 * the articles a, an, the removed, white space joined.
 */
export const normalised = (text: string): string =>
  withoutMarkers(text)
    .toLowerCase()
    .replace(/[!-/:-@[-`{-~]/g, '')
    .replace(/\b(?:a|an|the)\b/g, ' ')
    .split(/\s+/)
    .filter(Boolean)
    .join(' ')

export const squadTokens = (text: string): string[] => normalised(text).split(' ').filter(Boolean)

/** Runs of letters and digits in lower case, as rouge-score takes them without stemming. */
export const plainTokens = (text: string): string[] =>
  withoutMarkers(text)
    .toLowerCase()
    .match(/[a-z0-9]+/g) ?? []

/** The best score over the references with the reference's number, from 1. */
export function bestOver(
  references: readonly string[],
  scoreOf: (reference: string) => number,
): { score: number; reference: number } {
  const scores = references.map(scoreOf)
  const score = Math.max(...scores)
  return { score, reference: scores.indexOf(score) + 1 }
}

export const harmonicMean = (precision: number, recall: number): number =>
  precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
