/**
 * An explanation from what was recorded. Pure; what is not known is null and is said, never filled in.
 */
import { adapterInWords } from '../../core/adapter.ts'
import { GUARD_ATTRIBUTES, GUARD_STEP, type GuardVerdict, guardInWords, verdictsIn } from '../../core/guardrail.ts'
import type { Manifest } from '../../core/manifest.ts'
import { PreparationStep, preparationWords } from '../../core/preparation.ts'
import type { Release } from '../../core/release.ts'
import type { Arm, RolloutId } from '../../core/rollout.ts'
import { chosenTargetsIn } from '../../core/routed-models.ts'
import type { Stage } from '../../core/stage.ts'
import { TOOL_ATTRIBUTES, TOOL_STEP } from '../../core/tool.ts'
import { dollars, type MicroUsd } from '../../kernel/money.ts'
import { plural } from '../../kernel/plural.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Explanation } from './contract.ts'
import { toolsCalled, toolWords } from './tools-called.ts'

/** A trace as far as an explanation reads it. */
export type RecordedAnswer = {
  readonly traceId: string
  readonly summary: {
    readonly at: Instant
    readonly application: string | null
    readonly stage: Stage | null
    readonly release: Release['id'] | null
    readonly arm: Arm | null
    readonly rollout: { readonly id: RolloutId; readonly share: number } | null
    readonly responseId: string | null
    readonly status: string
    readonly abstained: boolean
    readonly servedBy: string | null
    readonly costMicroUsd: MicroUsd | null
    readonly inputTokens: number
    readonly outputTokens: number
    readonly estimated: boolean
  }
  readonly input: readonly { readonly role: string; readonly content: string }[]
  readonly output: string
  readonly citations: readonly { readonly id: string; readonly title: string; readonly source: string }[]
  readonly invalidCitations: readonly string[]
  readonly spans: readonly {
    readonly name: string
    readonly attributes: Readonly<Record<string, unknown>>
    readonly status: { readonly code: string; readonly message?: string | undefined }
  }[]
}

export type KnownPassage = {
  readonly id: string
  readonly title: string
  readonly text: string
  readonly source: string
}

export function explain(given: {
  trace: RecordedAnswer
  application: string
  release: Release | undefined
  /** Of the index of the release, those that it retrieved or cites. */
  passages: ReadonlyMap<string, KnownPassage>
  /** `inventory.yaml` as it stands; undefined when there is none. */
  inventory: unknown
}): Explanation {
  const { trace, application, release, inventory } = given
  const { summary } = trace
  const steps = trace.spans.filter(({ attributes }) => 'airworthy.step.kind' in attributes).map(stepOf)
  const cited = new Map(trace.citations.map((one) => [one.id, one]))
  const ids = [...new Set([...cited.keys(), ...retrievedOf(trace)])]
  const passages = ids.map((id) => {
    const known = given.passages.get(id)
    const file = cited.get(id)?.source ?? known?.source ?? ''
    return {
      id,
      title: cited.get(id)?.title ?? known?.title ?? '',
      cited: cited.has(id),
      text: known?.text ?? null,
      index: release?.manifest.index?.digest ?? null,
      file,
      ...originOf(inventory, file),
    }
  })
  const tokens = { input: summary.inputTokens, output: summary.outputTokens, isEstimated: summary.estimated }
  const shown = {
    trace: trace.traceId,
    response: summary.responseId,
    at: summary.at,
    application,
    stage: summary.stage,
    release: release ? { id: release.id, number: release.number, digest: release.digest } : null,
    arm: summary.arm,
    rollout: summary.rollout,
    asked: trace.input.map(({ role, content }) => ({ role, content })),
    answered: trace.output,
    steps,
    passages,
    invalidCitations: [...trace.invalidCitations],
    fallbacks: trace.spans.flatMap(({ attributes, status }) =>
      attributes['airworthy.step.kind'] === 'generate' && status.code !== 'error'
        ? (textOf(attributes['airworthy.fallback']) ?? [])
        : [],
    ),
    targets: chosenTargetsIn(
      trace.spans.map(({ attributes, status }) => ({
        step: String(attributes['airworthy.step.id']),
        failed: status.code === 'error' || attributes['airworthy.step.kind'] !== 'generate',
        attributes,
      })),
    ),
    adapters: adaptersOf(steps, release?.manifest, inventory),
    tools: toolsCalled(trace.spans),
    guardrails: guardrailsOf(trace, release?.manifest),
    costMicroUsd: summary.costMicroUsd,
    tokens,
  }
  return { ...shown, words: inWords(shown, { trace, manifest: release?.manifest }) }
}

/** Of the models that were asked; what a dataset's own name covers in the inventory holds for its versions too. */
function adaptersOf(
  steps: Explanation['steps'],
  manifest: Manifest | undefined,
  inventory: unknown,
): Explanation['adapters'] {
  const asked = new Set(steps.flatMap(({ model }) => model?.asked ?? []))
  return (manifest?.models ?? []).flatMap(({ model, adapter }) =>
    adapter && asked.has(model)
      ? [
          {
            ...{ name: adapter.name, model, digest: adapter.digest, base: adapter.base },
            data: adapter.data.map((one) => ({
              ...one,
              ...originOf(inventory, one.what.replace(/ version \d+$/, '')),
            })),
            words: `${model} is tuned: ${adapterInWords(adapter)}.`,
          },
        ]
      : [],
  )
}

function guardrailsOf({ spans }: RecordedAnswer, manifest: Manifest | undefined): Explanation['guardrails'] {
  const steps = spans.map(({ attributes }) => ({
    kind: String(attributes['airworthy.step.kind']),
    id: String(attributes['airworthy.step.id']),
    attributes,
  }))
  return verdictsIn(steps).map((one) => {
    const part = manifest?.guardrails?.find(({ name }) => name === one.id)
    return {
      ...one,
      words: `${part ? guardInWords(part.guard) : 'is no part of the release as it is known'}: ${verdictWords(one)}`,
    }
  })
}

const verdictWords = ({ verdict, count }: GuardVerdict): string =>
  verdict === 'passed' ? 'found nothing' : `${verdict}, found ${plural(count, 'time')}`

function guardrailWords(said: Explanation['guardrails'], manifest: Manifest | undefined): string[] {
  const parts = manifest?.guardrails ?? []
  if (said.length > 0) return [`Its guardrails: ${said.map(({ id, words }) => `${id} (${words})`).join('; ')}.`]
  if (parts.length === 0) return ['No guardrail is part of this release.']
  return [`It has ${plural(parts.length, 'guardrail')}, and none left a verdict on this answer.`]
}

/** Ids of the passages that the steps were given. */
export const retrievedOf = ({ spans }: Pick<RecordedAnswer, 'spans'>): string[] =>
  spans.flatMap(({ attributes }) => {
    const found = attributes['gen_ai.retrieval.documents']
    return Array.isArray(found)
      ? found.flatMap((one) => (isRecord(one) && typeof one.id === 'string' ? [one.id] : []))
      : []
  })

function stepOf(span: RecordedAnswer['spans'][number]): Explanation['steps'][number] {
  const { attributes } = span
  const kind = String(attributes['airworthy.step.kind'])
  const model = textOf(attributes['gen_ai.request.model'])
  const parameters = Object.fromEntries(
    Object.entries(attributes)
      .filter(
        ([name]) =>
          name.startsWith('gen_ai.request.') && !['gen_ai.request.model', 'gen_ai.request.stream'].includes(name),
      )
      .map(([name, value]) => [name.slice('gen_ai.request.'.length), value]),
  )
  return {
    name: String(attributes['airworthy.step.id'] ?? span.name),
    kind,
    words: stepWords(kind, attributes),
    error: span.status.code === 'error' ? (span.status.message ?? 'It failed.') : null,
    prompt: attributes['gen_ai.input.messages'] ?? null,
    model: model === null ? null : { asked: model, observed: textOf(attributes['gen_ai.response.model']), parameters },
  }
}

const LOOKED_AT: Readonly<Record<string, string>> = {
  llm_output: 'what was answered',
  tool_call: 'what tools were called with',
  tool_result: 'what tools gave',
}

function stepWords(kind: string, attributes: Readonly<Record<string, unknown>>): string {
  if (kind === 'retrieve') {
    const found = attributes['gen_ai.retrieval.documents']
    const count = Array.isArray(found) ? found.length : 0
    return `Looked for “${String(attributes['gen_ai.retrieval.query.text'] ?? '…')}” and took ${count} passages.`
  }
  const asked = String(attributes['gen_ai.request.model'] ?? 'a model')
  if (kind === 'attempt') return `Asked ${asked}, which failed before its first word, so that the next was asked.`
  if (kind === 'generate') {
    const { 'airworthy.fallback': fallback, 'airworthy.fallback.why': why } = attributes
    if (fallback === undefined) return `Rendered a prompt and asked ${asked}.`
    return `Rendered a prompt and asked ${asked}, the fallback ${String(fallback)}: ${String(why)}`
  }
  if (kind === GUARD_STEP)
    return `Looked at ${LOOKED_AT[String(attributes['gen_ai.security.target.type'])] ?? 'what was asked'}: ${String(attributes[GUARD_ATTRIBUTES.verdict])}.`
  if (kind === TOOL_STEP)
    return `The tool ${String(attributes['gen_ai.tool.name'])}: ${String(attributes[TOOL_ATTRIBUTES.outcome])}.`
  if (kind === 'abstain') return 'Looked whether the best passage is good enough to answer from.'
  return 'Asked the application behind the target.'
}

/** The source that names the file's dataset, or all knowledge, under `covers`. */
function originOf(inventory: unknown, file: string): Pick<Passage, 'source' | 'licence' | 'prepared'> {
  const sources = isRecord(inventory) && Array.isArray(inventory.sources) ? inventory.sources.filter(isRecord) : []
  const covers = ({ covers: names }: Record<string, unknown>, name: string) =>
    Array.isArray(names) && names.includes(name)
  const found = sources.find((one) => covers(one, file)) ?? sources.find((one) => covers(one, 'knowledge'))
  const steps = PreparationStep.array().safeParse(found?.steps).data ?? []
  return {
    source: textOf(found?.name),
    licence: textOf(found?.licence) ?? textOf(found?.legalBasis),
    prepared: preparationWords(steps) || null,
  }
}

type Passage = Explanation['passages'][number]
type Shown = Omit<Explanation, 'words'>

function inWords(shown: Shown, given: { trace: RecordedAnswer; manifest: Manifest | undefined }): string[] {
  const { summary } = given.trace
  const { release, arm, rollout, passages, invalidCitations, costMicroUsd, tokens } = shown
  const unlicensed = passages.filter(({ licence }) => licence === null)
  const outside = given.manifest?.outside.map(({ what }) => what) ?? []
  return [
    release
      ? `r${release.number} of ${shown.application} answered in ${shown.stage}${rollout ? `, as ${arm} of a rollout at ${Math.round(rollout.share * 100)} %` : ''}.`
      : 'No release answered it.',
    ...(shown.fallbacks.length > 0
      ? [`It was answered by the fallback ${shown.fallbacks.join(', ')}, because the model that is meant could not.`]
      : []),
    ...shown.targets.map(({ step, target, reason }) => `The route of ${step} chose ${target} (${reason}).`),
    ...(summary.abstained ? ['It said that it does not know.'] : []),
    ...(summary.status === 'complete' ? [] : [`It ended ${summary.status}.`]),
    passages.length === 0
      ? `It was given no passage, so nothing but the model${shown.tools.length > 0 ? ', its tools' : ''} and the prompt stands behind it.`
      : `It was given ${plural(passages.length, 'passage')} of ${plural(new Set(passages.map(({ file }) => file)).size, 'file')} and names ${passages.filter(({ cited }) => cited).length || 'none'} of them.`,
    ...(invalidCitations.length > 0 ? [`${invalidCitations.join(', ')} in it point nowhere.`] : []),
    ...(unlicensed.length > 0
      ? [`No licence is known of ${[...new Set(unlicensed.map(({ file }) => file))].join(', ')}.`]
      : []),
    `It took ${tokens.input} tokens in and ${tokens.output} out${costMicroUsd === null ? ', at a price that is not known' : ` and cost ${dollars(costMicroUsd)}`}.`,
    ...guardrailWords(shown.guardrails, given.manifest),
    ...shown.adapters.map(({ words }) => words),
    ...toolWords(shown.tools, given.manifest?.tools),
    ...(outside.length > 0 ? [`Not frozen with it: ${outside.join('; ')}.`] : []),
  ]
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
