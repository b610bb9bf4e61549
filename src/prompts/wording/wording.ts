/** Wordings of a prompt: made by rule and by a model, run as arms of an experiment like any other, and read. */

import { promptText } from '../../core/blueprint/prompt-text.ts'
import { isCapReached } from '../../core/cap-reached.ts'
import type { Part, PromptPart } from '../../core/manifest.ts'
import type { Release, ReleaseId } from '../../core/release.ts'
import { Failure, messageOf } from '../../kernel/failure.ts'
import { type MicroUsd, NOTHING, picoOf, sumKnown } from '../../kernel/money.ts'
import type { Flaw } from '../rewording/index.ts'
import { FLAWS, type RewordingDeps } from '../rewording/index.ts'
import { type ArmComparison, type ArmRow, type Compare, PREFIX, spreadOf, wordingOf } from './figure.ts'
import { Answer, messagesOf, piecesIn, withPieces } from './paraphrase.ts'
import { type Wording, worded } from './rules.ts'

const LONGEST_MS = 120_000

/** What is read of an experiment that has ended. */
export type MeasuredWordings = {
  readonly application: string
  readonly state: string
  readonly primary: string
  readonly better: 'higher' | 'lower'
  readonly measured: readonly Part[]
  readonly arms: readonly string[]
  /** With the prompt as it is, of each arm of a wording; absent where it was held against something else. */
  readonly comparisons: ReadonlyMap<string, ArmComparison>
  readonly rows: () => Promise<readonly ArmRow[]>
  readonly compare: Compare
}

export type WordingDeps = Pick<
  RewordingDeps,
  'ask' | 'readAnswer' | 'estimate' | 'whyUnpriced' | 'isRefusal' | 'languageOf' | 'languages'
> & {
  readonly releaseOf: (id: ReleaseId) => Promise<Release>
  /** Throws for an experiment that there is not. */
  readonly measuredBy: (experiment: string) => Promise<MeasuredWordings>
}

export type WordingAsk = {
  readonly prompt?: string | undefined
  readonly kinds: readonly Wording[]
  readonly paraphrase?:
    | { readonly model: string; readonly parameters: Readonly<Record<string, unknown>>; readonly count: number }
    | undefined
  readonly maxCostMicroUsd?: MicroUsd | undefined
  readonly dryRun: boolean
}
type Paraphrase = NonNullable<WordingAsk['paraphrase']>
type Variant = { name: string; prompts: Record<string, string> }
type Dropped = { name: string; flaw: Flaw | null; why: string }

export function createWordings(deps: WordingDeps) {
  return {
    releaseOf: deps.releaseOf,
    measuredBy: deps.measuredBy,

    async make({ manifest, application }: Release, ask: WordingAsk) {
      const steps = manifest.flow.steps.flatMap((step) => (step.use === 'generate' ? [step.prompt] : []))
      const name = ask.prompt ?? steps.at(-1)
      const prompt = manifest.prompts.find((one) => one.name === name)
      if (!prompt)
        throw new Failure(
          'unknown',
          'prompts.prompt-unknown',
          `The release has no prompt ${name ?? ''}. It has ${manifest.prompts.map((one) => one.name).join(', ') || 'none'}.`,
        )
      const calls = ask.paraphrase?.count ?? 0
      const costMicroUsd = ask.paraphrase ? await costOf(prompt, ask.paraphrase, deps) : NOTHING
      if (ask.dryRun) return { kind: 'quote' as const, calls, costMicroUsd }
      const { maxCostMicroUsd: limit } = ask
      if (limit !== undefined && (costMicroUsd === null || picoOf(costMicroUsd) > picoOf(limit)))
        return { kind: 'over-budget' as const, calls, costMicroUsd }
      const made = ask.kinds.map((kind) => ({ kind, other: worded(prompt, kind) }))
      const variants = made.flatMap(({ kind, other }) => (other ? [variantOf(prompt, kind, other)] : []))
      const unchanged = made.flatMap(({ kind, other }) => (other ? [] : [kind]))
      const by = ask.paraphrase
        ? await paraphrased(prompt, { application, paraphrase: ask.paraphrase, isPriced: costMicroUsd !== null }, deps)
        : { variants: [], dropped: [], snapshot: null, spentMicroUsd: NOTHING }
      return { kind: 'made' as const, prompt: prompt.name, unchanged, ...by, variants: [...variants, ...by.variants] }
    },

    async read({ state, primary, better, measured, arms, comparisons, rows, compare }: MeasuredWordings) {
      if (state !== 'succeeded')
        throw new Failure(
          'unmet',
          'prompts.experiment-open',
          `The experiment is ${state}; the stability of its wordings is read when it has ended.`,
        )
      const own = arms.filter((arm) => arm.startsWith(PREFIX))
      const found = own.flatMap((arm) => {
        const comparison = comparisons.get(arm)
        return comparison ? [{ arm, comparison }] : []
      })
      if (found.length === 0)
        throw new Failure(
          'unmet',
          'prompts.no-wordings',
          own.length === 0
            ? 'The experiment has no arm in other words. Make one that has: `airworthy prompts wording <suite> <application>`.'
            : 'Its wordings were held against a control and not against the prompt as it is. Measure them with `against: null`.',
        )
      const all = await rows()
      const margin = found[0]?.comparison.margin ?? 0
      return {
        evaluator: primary,
        margin,
        measured: [...measured],
        wordings: found.map(({ arm, comparison }) => wordingOf(arm, { rows: all, comparison })),
        spread: spreadOf(all, { better, margin, compare }) ?? null,
      }
    },
  }
}
export type Wordings = ReturnType<typeof createWordings>

const variantOf = (
  prompt: PromptPart,
  kind: string,
  { frontMatter, body }: Pick<PromptPart, 'body'> & { frontMatter: Readonly<Record<string, unknown>> },
): Variant => ({
  name: `${PREFIX}${kind}`,
  prompts: { [prompt.name]: promptText({ frontMatter: { ...frontMatter }, body }) },
})

function costOf(prompt: PromptPart, { model, parameters, count }: Paraphrase, { estimate }: WordingDeps) {
  const pieces = piecesIn(prompt.body)
  // Each call is shown what the calls before it gave.
  const texts = Array.from({ length: count }, (_, at) =>
    messagesOf(pieces, Array<string[]>(at).fill(pieces))
      .map(({ content }) => content)
      .join('\n'),
  )
  return estimate({ model, parameters, texts, answerTokens: Math.ceil((count * pieces.join('').length) / 2) })
}

/** One after the other, because each is to differ from those before it. A call that fails costs its wording alone. */
async function paraphrased(
  prompt: PromptPart,
  { application, paraphrase, isPriced }: { application: string; paraphrase: Paraphrase; isPriced: boolean },
  deps: WordingDeps,
) {
  const { model, parameters, count } = paraphrase
  const why = isPriced ? undefined : deps.whyUnpriced({ application, models: [model] })
  if (why !== undefined) throw new Failure('unmet', 'gateway.price-unknown', why)
  const own = piecesIn(prompt.body)
  if (own.length === 0)
    return {
      variants: [],
      dropped: [{ name: `${PREFIX}paraphrase-1`, flaw: null, why: 'The prompt has no instructions to word anew.' }],
      snapshot: null,
      spentMicroUsd: NOTHING,
    }
  const variants: Variant[] = []
  const dropped: Dropped[] = []
  const before: string[][] = []
  const costs: (MicroUsd | null)[] = []
  let snapshot: string | null = null
  for (let at = 1; at <= count; at++) {
    const kind = `paraphrase-${at}`
    const name = `${PREFIX}${kind}`
    try {
      const messages = messagesOf(own, before)
      const answer = await deps.ask({
        application,
        model,
        parameters,
        messages,
        signal: AbortSignal.timeout(LONGEST_MS),
      })
      costs.push(answer.costMicroUsd)
      snapshot = answer.snapshot
      const { pieces } = deps.readAnswer(answer.text, Answer, 'The model')
      const other = withPieces(prompt.body, pieces, deps)
      if (other.kind === 'flawed') dropped.push({ name, flaw: other.flaw, why: FLAWS[other.flaw] })
      else if (before.some((one) => one.join('\n') === pieces.join('\n')))
        dropped.push({ name, flaw: 'same', why: FLAWS.same })
      else {
        variants.push(variantOf(prompt, kind, { frontMatter: prompt.frontMatter, body: other.body }))
        before.push(pieces)
      }
    } catch (thrown) {
      dropped.push({ name, flaw: null, why: messageOf(thrown) })
      if (isCapReached(thrown)) break
    }
  }
  return { variants, dropped, snapshot, spentMicroUsd: sumKnown(costs) }
}
