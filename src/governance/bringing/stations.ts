/** Where a blueprint stands before the gate into the proof of concept, read off its files alone. Pure. */
import { readYaml } from '../../core/blueprint/yaml-file.ts'
import type { Station } from './existing.ts'

type Files = Readonly<Record<string, string>>

export function stationsOf(files: Files): Station[] {
  const settings = read(files, 'airworthy.yaml')
  const models = Object.values((settings.models ?? {}) as Record<string, { model?: string }>)
  const isEcho = models.some(({ model }) => model === 'scripted/echo')
  const target = settings.target as { url?: string } | undefined
  const prompts = paths(files, 'prompts/').length
  const cases = paths(files, 'datasets/').reduce((sum, path) => sum + linesOf(files[path] ?? ''), 0)
  const references = paths(files, 'datasets/').reduce(
    (sum, path) => sum + ((files[path] ?? '').match(/"expected":\s*["[]/g)?.length ?? 0),
    0,
  )
  const suites = paths(files, 'evals/').length
  const duties = Object.keys((settings.duties ?? {}) as object).length
  const documents = DOCUMENTS.filter((name) => files[name] !== undefined).length
  return [
    station('answers', 'Something answers', {
      isThere: target !== undefined || !isEcho,
      says: target
        ? `${target.url} answers; what runs behind it is outside of the release.`
        : isEcho
          ? 'A placeholder repeats the question.'
          : 'Its prompts are asked here.',
      next: 'Name its address under `target` in airworthy.yaml, or a model for its prompts.',
    }),
    station('prompts', 'Prompts have versions', {
      isThere: target !== undefined || (prompts > 0 && !isEcho),
      says:
        target && prompts === 0
          ? 'They stay behind its address.'
          : prompts === 0
            ? 'None was brought.'
            : `${prompts} of them, each with a digest once it is frozen.`,
      next: 'Put each into prompts/<name>.prompt.',
    }),
    station('cases', 'Cases to measure it on', {
      isThere: cases >= FEWEST_CASES,
      says: cases === 0 ? 'There are none.' : `${cases}, ${references} of them with a reference answer.`,
      next: `Have at least ${FEWEST_CASES}, best from what people really asked: \`airworthy datasets import\`.`,
    }),
    station('measured', 'A suite scores the answers', {
      isThere: suites > 0 && references > 0,
      says:
        suites === 0 ? 'There is none.' : references === 0 ? 'It measures time and cost alone.' : `${suites} of them.`,
      next: 'Write what a good answer says under `expected`, then `airworthy eval`.',
    }),
    station('baseline', 'A baseline to beat', {
      isThere: settings.baseline !== undefined,
      says: settings.baseline === undefined ? 'None is named.' : 'It is named.',
      next: 'Name a cheap way to answer under `baseline`: without one nothing shows that the effort pays.',
    }),
    station('people', 'People answer for it', {
      isThere: duties >= FEWEST_DUTIES,
      says: duties === 0 ? 'Nobody yet.' : `${duties} of ${FEWEST_DUTIES} duties have a name.`,
      next: 'Name business-owner, technical-lead, security and operations under `duties`.',
    }),
    station('plan', 'A plan: charter, risks, decision, data', {
      isThere: documents === DOCUMENTS.length,
      says: documents === 0 ? 'None of its papers is there.' : `${documents} of ${DOCUMENTS.length} papers are there.`,
      next: 'Answer the guided plan under Ideas, or fill in the parts of the plan on the application’s page.',
    }),
  ]
}

/** Fewer say nothing about anything. */
const FEWEST_CASES = 20
const FEWEST_DUTIES = 4
const DOCUMENTS = ['charter.yaml', 'risks.yaml', 'decision.yaml', 'inventory.yaml', 'classification.yaml']

const station = (id: Station['id'], title: string, { next, ...more }: Pick<Station, 'isThere' | 'says' | 'next'>) => ({
  id,
  title,
  ...more,
  next: more.isThere ? '' : next,
})

const paths = (files: Files, below: string): string[] => Object.keys(files).filter((path) => path.startsWith(below))

const linesOf = (text: string): number => text.split('\n').filter((line) => line.trim() !== '').length

const read = (files: Files, path: string): Record<string, unknown> =>
  readYaml({ path, text: files[path] ?? '', schema: undefined, problems: [] }) ?? {}
