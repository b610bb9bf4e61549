/**
 * A model card as Hugging Face has them: YAML front matter in a README. Everything in it is self-reported, and the
 * figures of its `model-index` are public benchmarks that the model may have seen in training.
 */
import { z } from 'zod'
import { readYaml } from '../../core/blueprint/yaml-file.ts'
import { Failure, type Problem } from '../../kernel/failure.ts'
import type { Benchmark, ModelFacts } from './facts.ts'
import { keepFacts, licenceOf } from './provider-list.ts'

/** Throws `models.card-unreadable` with the line for a text without readable front matter. */
export function readHuggingFaceCard(text: string): ModelFacts {
  const fenced = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---(?:\r?\n|$)([\s\S]*)$/.exec(text)
  if (!fenced) throw unreadable([{ field: 'content', line: 1, message: 'it has no front matter between lines of ---' }])
  const problems: Problem[] = []
  const matter = readYaml({ path: 'README.md', text: fenced[1] ?? '', schema: undefined, problems, firstLine: 2 })
  if (!matter) throw unreadable(problems)
  const licence = textOf(matter.license)
  const link = textOf(matter.license_link)
  const base = textsOf(matter.base_model)
  const datasets = textsOf(matter.datasets)
  return keepFacts({
    description: firstParagraph(fenced[2] ?? ''),
    licence: licence === 'other' ? licenceOf(textOf(matter.license_name)) : licenceOf(licence),
    licenceLink: link?.startsWith('http') ? link : undefined,
    languages: textsOf(matter.language),
    trainingData: datasets,
    baseModel: base,
    ...modalitiesOf(textOf(matter.pipeline_tag)),
    benchmarks: benchmarksOf(matter['model-index']),
  })
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined

function textsOf(value: unknown): string[] | undefined {
  const texts = (Array.isArray(value) ? value : [value]).flatMap((one) => textOf(one) ?? [])
  return texts.length > 0 ? texts : undefined
}

/** What goes in and comes out, by the task under which it is published. */
const PIPELINES: Readonly<Record<string, readonly [readonly string[], readonly string[]]>> = {
  'text-generation': [['text'], ['text']],
  'text2text-generation': [['text'], ['text']],
  summarization: [['text'], ['text']],
  translation: [['text'], ['text']],
  'image-text-to-text': [['text', 'image'], ['text']],
  'audio-text-to-text': [['text', 'audio'], ['text']],
  'video-text-to-text': [['text', 'video'], ['text']],
  'feature-extraction': [['text'], ['embedding']],
  'sentence-similarity': [['text'], ['embedding']],
  'text-to-image': [['text'], ['image']],
  'automatic-speech-recognition': [['audio'], ['text']],
  'text-to-speech': [['text'], ['audio']],
}
function modalitiesOf(pipeline: string | undefined): Record<string, unknown> {
  const known = pipeline !== undefined && Object.hasOwn(PIPELINES, pipeline) ? PIPELINES[pipeline] : undefined
  return known ? { modalitiesIn: known[0], modalitiesOut: known[1] } : {}
}

const Named = z.object({ name: z.string().optional(), type: z.string().optional() })
const ModelIndex = z.array(
  z.object({
    results: z.array(
      z.object({
        task: Named.optional(),
        dataset: Named.optional(),
        metrics: z.array(z.object({ name: z.string().optional(), type: z.string().optional(), value: z.unknown() })),
      }),
    ),
  }),
)
/** Figures that are no numbers are left out. */
function benchmarksOf(index: unknown): Benchmark[] | undefined {
  const parsed = ModelIndex.safeParse(index).data
  const found = parsed?.flatMap(({ results }) =>
    results.flatMap(({ task, dataset, metrics }) =>
      metrics.flatMap(({ name, type, value }) => {
        const figure = typeof value === 'number' ? value : Number.NaN
        if (!Number.isFinite(figure)) return []
        return [{ task: nameOf(task), dataset: nameOf(dataset), metric: name ?? type ?? 'not said', value: figure }]
      }),
    ),
  )
  return found && found.length > 0 ? found.slice(0, 500) : undefined
}
const nameOf = (named: z.infer<typeof Named> | undefined): string => named?.name || named?.type || 'not said'

/** The first text below the heading, without markup and tables. */
function firstParagraph(body: string): string | undefined {
  const paragraphs = body.split(/\r?\n\s*\r?\n/).map((one) => one.trim().replace(/\s+/g, ' '))
  return paragraphs.find((one) => /^[A-Za-z*_]/.test(one) && one.length > 40)?.slice(0, 1000)
}

const unreadable = (problems: readonly Problem[]): Failure =>
  new Failure(
    'invalid',
    'models.card-unreadable',
    `This is no model card: line ${problems[0]?.line ?? 1}, ${problems[0]?.message ?? 'unreadable'}. Send the README.md of the model with its front matter.`,
    { problems },
  )
