/** Which words of a plain text are terms of ours. Pure. */
import type { Term } from '../glossary.ts'
import { say } from '../words/say.ts'

/** As guided texts write them, one word or two, in the singular or the plural; each language has patterns of its own. */
const WRITTEN: readonly (readonly [pattern: string, term: Term])[] = [
  [say('pieces.resource'), 'resource'],
  [say('pieces.stage'), 'stage'],
  [say('pieces.api'), 'api'],
  [say('pieces.kpi'), 'kpi'],
  [say('pieces.token'), 'token'],
  [say('pieces.prompt'), 'prompt'],
  [say('pieces.model'), 'model'],
  [say('pieces.baseline'), 'baseline'],
  [say('pieces.charter'), 'charter'],
  [say('pieces.assessment'), 'assessment'],
  [say('pieces.risk'), 'risk'],
  [say('pieces.roadmap'), 'roadmap'],
  [say('pieces.template'), 'template'],
  [say('pieces.gate'), 'gate'],
  [say('pieces.evidence'), 'evidence'],
  [say('pieces.release'), 'release'],
  [say('pieces.judge'), 'judge'],
  [say('pieces.passage'), 'passage'],
  [say('pieces.split'), 'split'],
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
