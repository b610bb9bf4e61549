/** Which words of a plain text are terms of ours. Pure. */
import type { Term } from '../glossary.ts'

/** As guided texts write them, one word or two, in the singular or the plural. */
const WRITTEN: readonly (readonly [pattern: string, term: Term])[] = [
  ['resource plan', 'resource'],
  ['proof of concept', 'stage'],
  ['APIs?', 'api'],
  ['KPIs?', 'kpi'],
  ['tokens?', 'token'],
  ['prompts?', 'prompt'],
  ['models?', 'model'],
  ['baselines?', 'baseline'],
  ['charter', 'charter'],
  ['assessment', 'assessment'],
  ['risks?', 'risk'],
  ['roadmap', 'roadmap'],
  ['templates?', 'template'],
  ['gates?', 'gate'],
  ['evidence', 'evidence'],
  ['releases?', 'release'],
  ['judges?', 'judge'],
  ['passages?', 'passage'],
  ['holdout', 'split'],
]
const TERMS = new RegExp(`\\b(${WRITTEN.map(([pattern]) => pattern).join('|')})\\b`, 'i')

export type Piece = { readonly words: string; readonly term?: Term }

export function piecesOf(text: string): Piece[] {
  const told = new Set<Term>()
  return text
    .split(new RegExp(TERMS, 'gi'))
    .map((words, at): Piece => {
      const term = at % 2 === 1 ? termOf(words) : undefined
      if (term === undefined || told.has(term)) return { words }
      told.add(term)
      return { words, term }
    })
    .filter(({ words }) => words !== '')
}

const termOf = (words: string): Term | undefined =>
  WRITTEN.find(([pattern]) => new RegExp(`^${pattern}$`, 'i').test(words))?.[1]
