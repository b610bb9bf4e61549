/** Drafts as examples with their provenance, and which of them are new. Pure. */
import type { Example } from '../../core/dataset.ts'
import { digestOf } from '../../kernel/digest.ts'
import { findNearDuplicates } from '../data-quality/index.ts'
import { type Call, type Draft, promptDigest } from './drafting.ts'
import type { Input } from './input.ts'

/** One of each group that is nearly the same, and none that is nearly there already. */
export function withoutDuplicates(drafts: readonly Example[], there: readonly string[]): Example[] {
  const texts = [...there, ...drafts.map(({ input }) => wordsOf(input))]
  const { clusters } = findNearDuplicates(texts.map((text) => ({ group: 'cases', text })))
  const dropped = new Set(clusters.flatMap(({ members }) => members.slice(1)))
  const seen = new Set(there.map(keyOf))
  return drafts.filter(({ input }, at) => {
    const key = keyOf(wordsOf(input))
    if (dropped.has(there.length + at) || seen.has(key)) return false
    seen.add(key)
    return true
  })
}

export const wordsOf = (input: Example['input']): string =>
  typeof input === 'string' ? input : input.map(({ content }) => content).join('\n')
const keyOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

export function exampleOf(
  id: string,
  { model, release, split }: Pick<Input, 'model' | 'release' | 'split'>,
  { call, draft, snapshot }: { call: Call; draft: Draft; snapshot: string | null },
): Example {
  const { kind, sources, persona, inputType } = call
  const { question, answer } = draft
  const passages = sources.map((one) => one.id)
  return {
    id: `synthetic-${digestOf({ question, answer, passages }).slice(7, 23)}`,
    input: question,
    expected: answer,
    ...(kind === 'out-of-scope' ? { unanswerable: true } : { contexts: passages }),
    split,
    // Cases of one document are not independent.
    cluster: [...new Set(sources.map(({ source }) => source))].join(' + '),
    source: fileOf(id),
    synthetic: true,
    metadata: {
      kind,
      ...(persona !== null && { persona }),
      ...(inputType !== null && { inputType }),
      generated: { model, snapshot, prompt: promptDigest(kind), passages, release },
    },
  }
}

export function messageFor({ metadata }: Example, model: string): string {
  const asked = metadata?.kind === 'out-of-scope' ? ', and nobody checked that no document answers it' : ''
  return `${model} made it up and nobody looked at it${asked}`
}

/** Under which its cases wait in quarantine. */
export const fileOf = (generation: string): string => `generation ${generation}`
