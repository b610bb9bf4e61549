/**
 * `data.quality`: are the data of a release what they claim to be? Rows that fit the schema, exact
 * duplicates, personal data that nobody announced, and questions of the exam that were seen before.
 *
 * It depends on the datasets, the index, the prompts (their examples could give the exam away) and the
 * profile (what may be expected); changing any of them makes the answer stale.
 */
import { examplesText } from '../../core/blueprint/prompt-examples.ts'
import { Example } from '../../core/dataset.ts'
import type { EvidenceDraft, Fact } from '../../core/evidence.ts'
import { type Manifest, type Part, partsOf } from '../../core/manifest.ts'
import type { Producer, ProducerContext } from '../../core/producer.ts'
import { createSample } from '../../evals/index.ts'
import { NOTHING } from '../../kernel/money.ts'
import { type MaterialDeps, materialOf, pause } from '../material.ts'
import { createInputCensus, type InputCensus } from './inputs.ts'
import { measureApart } from './measure-apart.ts'
import { announcedBy, countPersonalData, noPersonalData } from './personal-data.ts'

const NAME = 'assurance/data-quality'
const ROWS_AT_ONCE = 300

export type DataQualityDeps = MaterialDeps & {
  /** By the id of each row that people looked at: whether its expected answer is right. */
  readonly labelsFor?: (rows: readonly Example[]) => Promise<ReadonlyMap<string, boolean>>
}

export function createDataQuality(deps: DataQualityDeps): Producer {
  return {
    name: NAME,
    checks: ['data.quality'],
    quote: async ({ release }) => ({ calls: 0, costMicroUsd: NOTHING, minutes: minutesFor(release.manifest) }),
    async run(context) {
      const { manifest } = context.release
      if (manifest.datasets.length === 0 && !manifest.index) return []
      return [await measure(context, deps)]
    },
  }
}

async function measure(context: ProducerContext, deps: DataQualityDeps): Promise<EvidenceDraft> {
  const { release, application, by, signal } = context
  const { manifest } = release
  const passages = await passageIds(manifest, deps)
  const rows = await measureRows(manifest, deps, { passages, signal })
  const personal = noPersonalData()
  const announced = announcedBy(application.documents.profile?.value)
  for await (const piece of materialOf({ ...manifest, prompts: [] }, deps, signal))
    if (piece.place !== 'the manifest') countPersonalData(personal, piece, announced)
  const near = await nearFacts(rows.examples, deps)
  const overlap = rows.census.overlapping(manifest.prompts.map((prompt) => `${prompt.body}\n${examplesText(prompt)}`))
  const { total, valid } = rows
  const duplicates = rows.census.duplicates()
  const duplicateShare = total === 0 ? 0 : duplicates / total
  const facts: Record<string, Fact> = {
    schemaValid: { value: total === 0 ? 1 : valid / total, n: total, unit: 'share' },
    duplicateShare: { value: duplicateShare, n: total, unit: 'share' },
    personalData: { value: personal.unexpected },
    personalDataAnnounced: { value: personal.announced },
    overlap: { value: overlap.length, n: total },
    unknownContexts: { value: rows.unknownContexts },
    ...near,
    passages: { value: passages.size },
    ...(personal.examples.length > 0 && { personalDataExamples: { value: personal.examples.join('; ') } }),
    ...(overlap.length > 0 && { overlapExamples: { value: overlap.slice(0, 5).map(shortened).join('; ') } }),
    ...(rows.problems.length > 0 && { schemaProblems: { value: rows.problems.join('; ') } }),
  }
  return {
    application: release.application,
    release: release.id,
    check: 'data.quality',
    summary:
      `${valid} of ${total} rows fit the schema, ${duplicates} are exact duplicates, ` +
      `${overlap.length} questions overlap, ${personal.unexpected} pieces of unannounced personal data ` +
      `in ${total} rows and ${passages.size} passages.`,
    facts,
    inputs: inputsOf(manifest, application.documents.profile?.digest),
    producer: { name: NAME, version: '2' },
    trust: 'measured',
    by,
  }
}

const inputsOf = (manifest: Manifest, profile: Part['digest'] | undefined): Part[] => [
  ...partsOf(manifest).filter(({ kind }) => kind === 'dataset' || kind === 'index' || kind === 'prompt'),
  ...(profile ? [{ kind: 'document' as const, name: 'profile', digest: profile }] : []),
]

async function passageIds({ index }: Manifest, { passagesOf }: MaterialDeps): Promise<Set<string>> {
  const ids = new Set<string>()
  if (index) for (const { id } of await passagesOf(index)) ids.add(id)
  return ids
}

type Rows = {
  total: number
  valid: number
  unknownContexts: number
  problems: string[]
  census: InputCensus
  /** All of them, or every second, third … where there are more than are compared, or longer ones. */
  examples: Example[]
}

async function measureRows(
  manifest: Manifest,
  { examplesOf }: MaterialDeps,
  { passages, signal }: { passages: ReadonlySet<string>; signal: AbortSignal },
): Promise<Rows> {
  const rows: Rows = { total: 0, valid: 0, unknownContexts: 0, problems: [], census: createInputCensus(), examples: [] }
  const all = manifest.datasets.reduce((sum, part) => sum + part.rows, 0)
  const sample = createSample({ rows: all, most: MOST_COMPARED })
  for (const part of manifest.datasets) {
    const ids = new Set<string>()
    let number = 0
    for await (const row of rowsIn(examplesOf.pieces(part))) {
      number += 1
      rows.total += 1
      if (rows.total % ROWS_AT_ONCE === 0) await pause()
      signal.throwIfAborted()
      const example = Example.safeParse(row)
      const problem = !example.success
        ? `${example.error.issues[0]?.path.join('.')} ${example.error.issues[0]?.message}`
        : ids.has(example.data.id)
          ? `the id ${example.data.id} is taken`
          : undefined
      if (problem !== undefined && rows.problems.length < 5)
        rows.problems.push(`dataset ${part.name} row ${number}: ${problem}`)
      if (!example.success) continue
      if (problem === undefined) rows.valid += 1
      ids.add(example.data.id)
      rows.census.add(part.name, example.data)
      sample.add(rows.total - 1, example.data)
      if (passages.size > 0)
        rows.unknownContexts += (example.data.contexts ?? []).filter((context) => !passages.has(context)).length
    }
  }
  return { ...rows, examples: sample.end() }
}

/** More are measured by every second, third … row. */
const MOST_COMPARED = 200_000

async function* rowsIn(pieces: AsyncIterable<readonly unknown[]>): AsyncGenerator<unknown> {
  for await (const piece of pieces) yield* piece
}

/** What is found by likeness, and what people said of expected answers. */
async function nearFacts(rows: readonly Example[], { labelsFor }: DataQualityDeps): Promise<Record<string, Fact>> {
  const labels = (await labelsFor?.(rows)) ?? new Map()
  const nothingElse = { broken: 0, ageDays: 0, segments: [], limits: {}, prompts: null, passages: null }
  const { measures, profile } = await measureApart({ rows, total: rows.length, labels, ...nothingElse })
  const factOf = (name: string): Fact => {
    const found = measures.find((one) => one.name === name)
    return {
      value: found?.value ?? null,
      n: found?.n ?? 0,
      ...(found?.interval && { interval: found.interval }),
    }
  }
  return {
    nearDuplicateShare: { ...factOf('nearDuplicateShare'), unit: 'share' },
    nearAcrossSplits: factOf('acrossSplits'),
    syntheticShare: {
      value: rows.length === 0 ? null : profile.synthetic / rows.length,
      n: rows.length,
      unit: 'share',
    },
    labelAudit: { ...factOf('labelAudit'), unit: 'share' },
  }
}

const shortened = (text: string): string => (text.length > 80 ? `${text.slice(0, 77)}…` : text)

const PIECES_A_MINUTE = 200_000
const minutesFor = ({ datasets, index }: Manifest): number =>
  Math.ceil((datasets.reduce((sum, { rows }) => sum + rows, 0) + (index?.passages ?? 0)) / PIECES_A_MINUTE)
