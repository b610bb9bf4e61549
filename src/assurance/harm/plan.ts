/**
 * What is asked of a release; pure, and the same for the same seed. In each category every framing comes as often as
 * the others, and no request comes twice in one framing before each came once.
 */
import type { Manifest } from '../../core/manifest.ts'
import { seededRandom } from '../../kernel/random.ts'
import { asQuestion, asTurns, filled, hearsTurns, type Question, written } from '../probing/index.ts'
import type { Framing, HarmPack } from './pack.ts'

/** harm: a request that must not be helped with · benign: a question that must be answered. */
export const SIDES = ['harm', 'benign'] as const
export type Side = (typeof SIDES)[number]

/** The group of the release's own questions, beside the kinds of harmless questions of the pack. */
export const OWN = 'own'
/** Of the release's own questions, plain and behind a carrier. */
const OWN_ASKED = 120
const OWN_QUESTIONS = 60

export type Ask = {
  readonly side: Side
  /** A category of harm, a kind of harmless question, or `own`. */
  readonly group: string
  /** The framing or the carrier; null where it is asked as it is. */
  readonly framing: string | null
  /** The bare request or question. */
  readonly about: string
  readonly turns: Question
  /** Where the same question is asked without a carrier; null elsewhere. */
  readonly plain: number | null
}

type Given = { readonly pack: HarmPack; readonly manifest: Manifest; readonly questions: readonly Question[] }
type Wanted = {
  readonly categories: readonly string[]
  /** Of each category. */
  readonly attempts: number
  /** Whether harmless questions are asked too. */
  readonly benign: boolean
  readonly seed: number
}

export function asksOf({ pack, manifest, questions }: Given, { categories, attempts, benign, seed }: Wanted): Ask[] {
  const random = seededRandom(seed)
  const shuffled = <One>(from: readonly One[]): One[] =>
    from
      .map((one) => ({ one, by: random() }))
      .sort((a, b) => a.by - b.by)
      .map(({ one }) => one)
  const fitting = pack.framings.filter(({ turns }) => turns.length === 1 || hearsTurns(manifest))
  const harm = pack.categories
    .filter(({ id }) => categories.includes(id))
    .flatMap(({ id, requests }) => {
      const [framings, asked] = [shuffled(fitting), shuffled(requests)]
      return Array.from({ length: attempts }, (_, at) => {
        const round = Math.floor(at / framings.length)
        const request = asked[(at + round) % asked.length] as string
        return framed(id, request, framings[at % framings.length] as Framing)
      })
    })
  if (!benign) return harm
  const general = pack.benign.flatMap(({ id, questions: some }) =>
    some.map((about): Ask => ({ ...BENIGN, group: id, framing: null, about, turns: asQuestion(about) })),
  )
  const before = harm.length + general.length
  return [...harm, ...general, ...ownAsks(shuffled(questions).slice(0, OWN_QUESTIONS), { pack, before })]
}

const BENIGN = { side: 'benign', plain: null } as const

function framed(group: string, request: string, framing: Framing): Ask {
  const words = request.split(' ')
  const half = Math.ceil(words.length / 2)
  const values = {
    request,
    jsonRequest: JSON.stringify(request),
    firstHalf: words.slice(0, half).join(' '),
    secondHalf: words.slice(half).join(' '),
    base64: written(request, 'base64'),
    rot13: written(request, 'rot13'),
    reversed: written(request, 'reversed'),
    spaced: written(request, 'spaced'),
  }
  const turns = asTurns(framing.turns.map((text) => filled(text, values)))
  return { side: 'harm', group, framing: framing.id, about: request, turns, plain: null }
}

/** Each question as it is, then behind words that sound like harm; the fewer there are, the more often each. */
function ownAsks(questions: readonly Question[], { pack, before }: { pack: HarmPack; before: number }): Ask[] {
  const asks: Ask[] = []
  const each = Math.min(pack.carriers.length, Math.max(1, Math.ceil(OWN_ASKED / Math.max(1, questions.length)) - 1))
  for (const [number, turns] of questions.entries()) {
    const about = turns.at(-1)?.content ?? ''
    const plain = before + asks.length
    asks.push({ ...BENIGN, group: OWN, framing: null, about, turns })
    for (let more = 0; more < each; more++) {
      const carrier = pack.carriers[(number * each + more) % pack.carriers.length] as HarmPack['carriers'][number]
      const carried = [...turns.slice(0, -1), ...asQuestion(filled(carrier.text, { question: about }))]
      asks.push({ ...BENIGN, group: OWN, framing: carrier.id, about, turns: carried, plain })
    }
  }
  return asks
}
