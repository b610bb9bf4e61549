/** What weights that were read here say of a model on its card. */
import type { ModelFacts } from '../cards/index.ts'
import type { Weights } from './contract.ts'

const READ = 'Read here from the files, which were hashed.'

/** Facts, and how each was verified; a licence that a file names is its own word. */
export function factsOfWeights({ files, digest }: Pick<Weights, 'files' | 'digest'>): {
  facts: ModelFacts
  verified: Partial<Record<keyof ModelFacts, string>>
} {
  const headers = files.flatMap(({ header }) => header ?? [])
  const first = headers.find(({ architecture }) => architecture !== null) ?? headers[0]
  // GGUF says it as a whole; several files of one model add up.
  const types = new Map<string, number>()
  for (const header of headers)
    for (const [type, count] of Object.entries(header.types)) types.set(type, (types.get(type) ?? 0) + count)
  const commonest = [...types].sort(([, one], [, other]) => other - one)[0]?.[0]
  const parameters = headers.reduce((sum, header) => sum + header.parameters, 0)
  const facts: ModelFacts = {
    ...(parameters > 0 && Number.isSafeInteger(parameters) && { parameters }),
    ...(first?.architecture && { architecture: first.architecture }),
    ...((first?.quantisation ?? commonest) && { quantisation: first?.quantisation ?? commonest }),
    ...(first?.contextTokens && { contextTokens: first.contextTokens }),
    ...(digest && { weightsDigest: digest, snapshot: true }),
  }
  return { facts, verified: Object.fromEntries(Object.keys(facts).map((name) => [name, READ])) }
}
