/**
 * Whether the lineage of a model is complete, or exactly what is missing. Pure: the same records, cards and weights
 * give the same answer.
 *
 * Invariant: what nobody said is missing; a claim that can be checked here counts only when it was found so.
 */
import { z } from 'zod'
import { plural } from '../../kernel/plural.ts'
import { TrainedOn, type TrainingRun, TrainingRunId } from './training-run.ts'

export const LineagePart = z.object({
  part: z.enum(['run', 'method', 'base', 'data', 'code', 'parameters', 'seed', 'weights']),
  state: z.enum(['known', 'missing']),
  /** A sentence for people. */
  says: z.string(),
})
export type LineagePart = z.infer<typeof LineagePart>

export const LineageStanding = z.object({
  complete: z.boolean(),
  /** What is missing, a sentence each. */
  missing: z.array(z.string()),
})
export type LineageStanding = z.infer<typeof LineageStanding>

export const ModelLineage = LineageStanding.extend({
  model: z.string(),
  /** Whether a training run of it is recorded here; of others nobody here has to know. */
  own: z.boolean(),
  /** The record that is judged: the newest whose weights are the registered ones, else the newest. */
  run: TrainingRunId.nullable(),
  parts: z.array(LineagePart),
  bases: z.array(
    z.object({
      /** As the run says it. */
      said: z.string(),
      /** The model here that it is; null when there is none. */
      model: z.string().nullable(),
      licence: z.string().nullable(),
      own: z.boolean(),
    }),
  ),
  data: z.array(TrainedOn),
  /** What somebody should know beside, for example that a person was deleted from its data. */
  notes: z.array(z.string()),
})
export type ModelLineage = z.infer<typeof ModelLineage>

export type RegisteredWeights = {
  readonly state: string
  readonly digest: string | null
  readonly files: readonly { readonly path: string; readonly format: string; readonly sha256: string }[]
}

export type LineageGround = {
  /** In force, the newest first. */
  readonly runsOf: (model: string) => readonly TrainingRun[]
  /** The newest that were looked at. */
  readonly weightsOf: (model: string) => RegisteredWeights | undefined
  /** The model here that a name means, by what it is called here or was published as. */
  readonly cardOf: (said: string) => { readonly model: string; readonly licence: string | null } | undefined
}

export function lineageOf(model: string, ground: LineageGround, above: readonly string[] = []): ModelLineage {
  const runs = ground.runsOf(model)
  const weights = ground.weightsOf(model)
  const run = runs.find((one) => whyNotFrom(one, weights) === undefined) ?? runs[0]
  const bases = (run?.base ?? []).filter((said) => said !== NOTHING).map((said) => baseOf(said, ground))
  const parts: LineagePart[] = run
    ? [
        known('run', `${run.id} of ${run.recordedAt.slice(0, 10)}.`),
        said('method', run.method, 'Nobody says how it was trained.'),
        basePart(run, bases, ground, [...above, model]),
        dataPart(run.datasets),
        said('code', run.code?.revision, 'Nobody says with which revision of the code.'),
        said('parameters', countOf(run.parameters), 'No parameters are said.'),
        said('seed', run.seed, 'Nobody says the seed.'),
        weightsPart(run, weights),
      ]
    : [missing('run', `No training run of it is recorded: airworthy models trained ${model} <file>.`)]
  const lacking = parts.filter(({ state }) => state === 'missing').map(({ says }) => says)
  return {
    model,
    own: run !== undefined,
    complete: lacking.length === 0,
    run: run?.id ?? null,
    parts,
    missing: lacking,
    bases,
    data: run?.datasets ?? [],
    notes: [],
  }
}

const NOTHING = 'none'

const known = (part: LineagePart['part'], says: string): LineagePart => ({ part, state: 'known', says })
const missing = (part: LineagePart['part'], says: string): LineagePart => ({ part, state: 'missing', says })
const said = (part: LineagePart['part'], value: string | number | null | undefined, otherwise: string): LineagePart =>
  value === null || value === undefined ? missing(part, otherwise) : known(part, String(value))

const countOf = (parameters: object): string | undefined => {
  const count = Object.keys(parameters).length
  return count === 0 ? undefined : plural(count, 'parameter')
}

function baseOf(name: string, { cardOf, runsOf }: LineageGround): ModelLineage['bases'][number] {
  const card = cardOf(name)
  const own = card !== undefined && runsOf(card.model).length > 0
  return { said: name, model: card?.model ?? null, licence: card?.licence ?? null, own }
}

function basePart(
  { base, method, teacher }: TrainingRun,
  bases: ModelLineage['bases'],
  ground: LineageGround,
  above: readonly string[],
): LineagePart {
  if (base.length === 0) return missing('base', 'Nobody says what it was made from; for nothing, say none.')
  if (method === 'distillation' && teacher === null)
    return missing('base', 'Nobody says from whose answers it was distilled.')
  for (const one of bases) {
    if (one.model === null)
      return missing('base', `${one.said}, which it was made from, has no card here under this name.`)
    if (above.includes(one.model)) return missing('base', `${one.model} stands among what it was itself made from.`)
    if (one.licence === null) return missing('base', `Nobody says the licence of ${one.model}, which it was made from.`)
    if (!one.own) continue
    const { missing: lacking } = lineageOf(one.model, ground, above)
    if (lacking.length > 0) return missing('base', `Of ${one.model}, which it was made from: ${lacking.join(' ')}`)
  }
  return known('base', bases.length === 0 ? 'It was trained from nothing.' : bases.map(({ said: it }) => it).join(', '))
}

function dataPart(datasets: readonly TrainedOn[]): LineagePart {
  if (datasets.length === 0) return missing('data', 'Nobody says which data it learned from.')
  const lacking = datasets.flatMap((one) => {
    if (one.kind === 'version') return []
    const unsaid = (['digest', 'licence', 'source'] as const).filter((field) => one[field] === null)
    return unsaid.length === 0 ? [] : [`${one.name}: nobody says its ${unsaid.join(', ')}.`]
  })
  return lacking.length === 0 ? known('data', datasets.map(dataInWords).join(', ')) : missing('data', lacking.join(' '))
}

export const dataInWords = (one: TrainedOn): string =>
  one.kind === 'version' ? `${one.dataset} version ${one.version}` : one.name

function weightsPart(run: TrainingRun, registered: RegisteredWeights | undefined): LineagePart {
  const why = whyNotFrom(run, registered)
  return why === undefined
    ? known('weights', `What is registered here came out of this run: ${registered?.digest ?? ''}`)
    : missing('weights', why)
}

/** Why registered weights cannot be said to have come out of a run; undefined when they did. */
function whyNotFrom(run: TrainingRun, registered: RegisteredWeights | undefined): string | undefined {
  const cameOut: ReadonlySet<string> = new Set(run.weights.map(({ digest }) => digest))
  if (cameOut.size === 0) return 'Nobody says which weights came out of it.'
  if (!registered) return `No weights of it were read here: airworthy models weights ${run.model} <path>.`
  if (registered.state !== 'accepted') return 'The weights that are registered may not be used, so they prove nothing.'
  if (registered.digest !== null && cameOut.has(registered.digest)) return undefined
  const tensors = registered.files.filter(({ format }) => format === 'safetensors' || format === 'gguf')
  const strange = tensors.find(({ sha256 }) => !cameOut.has(`sha256:${sha256}`))
  if (tensors.length > 0 && !strange) return undefined
  return `The registered weights are others: ${strange?.path ?? 'nothing'} did not come out of this run.`
}
