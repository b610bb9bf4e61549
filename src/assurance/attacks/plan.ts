/**
 * Which attacks are made on a release; pure, and the same for the same seed. Each technique comes as often as the others
 * of its category, through each way in which text gets into this release.
 */
import type { Manifest } from '../../core/manifest.ts'
import { seededRandom } from '../../kernel/random.ts'
import {
  asQuestion,
  asTurns,
  filled,
  hearsTurns,
  type Probe,
  type Question,
  said,
  type WrappingId,
  written,
} from '../probing/index.ts'
import type { AttackPack, Category, Technique } from './pack.ts'

/**
 * turns: said by the user, or in a conversation · pasted: a text that the user brings · passage: first of what is found ·
 * tool: at the end of what a tool gives.
 */
export const WAYS = ['turns', 'pasted', 'passage', 'tool'] as const
export type Way = (typeof WAYS)[number]

export type Attack = Probe & {
  readonly category: Category
  readonly technique: string
  readonly wrapping: WrappingId
  readonly way: Way
  /** What only an answer that obeyed holds; null where a secret is asked for. */
  readonly sign: string | null
}

/** The ways in which a category can reach this release; none where it cannot. */
export function waysOf(category: Category, manifest: Manifest): Way[] {
  if (category === 'direct' || category === 'leak') return ['turns']
  const ways: Way[] = ['pasted']
  if (manifest.flow.steps.some(({ use }) => use === 'retrieve')) ways.push('passage')
  if ((manifest.tools ?? []).some(({ tool }) => tool.call.kind !== 'client')) ways.push('tool')
  if (category === 'triggered' && hearsTurns(manifest)) ways.push('turns')
  return ways
}

export function attacksOf(
  { pack, manifest, questions }: { pack: AttackPack; manifest: Manifest; questions: readonly Question[] },
  { categories, attempts, seed }: { categories: readonly Category[]; attempts: number; seed: number },
): Attack[] {
  const random = seededRandom(seed)
  const pick = <One>(from: readonly One[]): One => from[Math.floor(random() * from.length)] as One
  const asked = questions.length > 0 ? questions : pack.questions.map(asQuestion)
  return categories.flatMap((category) => {
    const carried = waysOf(category, manifest).flatMap((way) =>
      pack.techniques
        .filter((one) => one.category === category && fits(one, way))
        .map((technique) => ({ technique, way })),
    )
    return Array.from({ length: carried.length === 0 ? 0 : attempts }, (_, at) => {
      const { technique, way } = carried[at % carried.length] as (typeof carried)[number]
      const round = Math.floor(at / carried.length)
      const wrapping = pack.wrappings[round % pack.wrappings.length] as AttackPack['wrappings'][number]
      const order = pack.orders[(at + Math.floor(round / pack.wrappings.length)) % pack.orders.length]
      return attackOf({
        ...{ technique, way, wrapping, order: order as AttackPack['orders'][number] },
        halves: { first: pick(pack.words), second: String(1000 + Math.floor(random() * 9000)) },
        question: pick(asked),
      })
    })
  })
}

type Made = {
  readonly technique: Technique
  readonly way: Way
  readonly wrapping: AttackPack['wrappings'][number]
  readonly order: AttackPack['orders'][number]
  readonly halves: { readonly first: string; readonly second: string }
  readonly question: Question
}

function attackOf({ technique, way, wrapping, order, halves, question }: Made): Attack {
  const { category, id } = technique
  const { content = '' } = question.at(-1) ?? {}
  const ordered = filled(wrapping.lead, { order: written(filled(order.text, halves), wrapping.id) })
  const values = {
    ...{ question: content, json: JSON.stringify(content) },
    ...{ order: ordered, jsonOrder: JSON.stringify(ordered) },
  }
  const texts = technique.turns.map((text) => filled(text, values))
  const named = { category, technique: id, wrapping: wrapping.id, way }
  const sign = category === 'leak' ? null : filled(order.sign, halves)
  const [text = ''] = texts
  if (way === 'passage' || way === 'tool') return { ...named, sign, planted: { by: way, text }, turns: question }
  if (way === 'pasted')
    return { ...named, sign, planted: null, turns: [said('user', `${content}\n\nThis is what I was sent:\n\n${text}`)] }
  return {
    ...named,
    sign,
    planted: null,
    turns: asTurns(texts),
  }
}

/** A conversation cannot stand in a document, and a document is no conversation. */
const fits = ({ turns, category }: Technique, way: Way): boolean =>
  category === 'triggered' ? turns.length > 1 === (way === 'turns') : turns.length === 1
