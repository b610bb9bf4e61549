/** The library of patterns: read once from `packs/prompts`, copied into blueprints, and theirs from then on. */
import type { BlueprintFiles } from '../../core/blueprint/files.ts'
import { yamlText } from '../../core/blueprint/yaml-text.ts'
import { Failure } from '../../kernel/failure.ts'
import type { Caller } from '../../wire/caller.ts'
import { addFiles, type BlueprintWriter } from '../writer.ts'
import type { MadeFiles, PromptPattern } from './contract.ts'

/** A folder of `packs/prompts` as it was read. */
export type PatternFiles = {
  readonly name: string
  readonly title: string
  readonly when: string
  readonly source: string
  readonly prompt: string
  /** JSON lines. */
  readonly cases: string
  /** YAML of the suite, with DATASET where the name of its dataset belongs. */
  readonly suite: string
}

export type PatternUse = {
  readonly pattern: string
  readonly application: string
  /** Name of the prompt; the pattern's own when left out. */
  readonly prompt?: string | undefined
  /** Begins a new application that asks this model. */
  readonly model?: string | undefined
  readonly dryRun: boolean
}

export function createPatterns({ patterns, writer }: { patterns: readonly PatternFiles[]; writer: BlueprintWriter }) {
  return {
    list: (): PromptPattern[] =>
      patterns.map(({ suite: _, cases, ...pattern }) => ({ ...pattern, cases: linesIn(cases) })),

    async use(
      { pattern: name, application, prompt = name, model, dryRun }: PatternUse,
      by: Caller,
    ): Promise<MadeFiles> {
      const pattern = patterns.find((one) => one.name === name)
      if (!pattern)
        throw new Failure(
          'unknown',
          'prompts.pattern-unknown',
          `There is no pattern ${name}. Use one of ${patterns.map((one) => one.name).join(', ')}.`,
        )
      const files = { ...filesOf(pattern, prompt), ...(model !== undefined && settingsFor(pattern, { prompt, model })) }
      if (dryRun) return { application: application as MadeFiles['application'], files, suite: prompt }
      if (model === undefined) await addFiles(writer, { application, files, by })
      else await writer.create({ name: application, files, by })
      return { application: application as MadeFiles['application'], files, suite: prompt }
    },
  }
}
export type Patterns = ReturnType<typeof createPatterns>

const filesOf = ({ prompt: text, cases, suite }: PatternFiles, prompt: string): BlueprintFiles => ({
  [`prompts/${prompt}.prompt`]: text,
  [`datasets/${prompt}-cases.jsonl`]: cases,
  [`evals/${prompt}.yaml`]: suite.replace('DATASET', `${prompt}-cases`),
})

const settingsFor = (
  { title }: PatternFiles,
  { prompt, model }: { prompt: string; model: string },
): BlueprintFiles => ({
  'airworthy.yaml': yamlText({
    description: `Begun from the pattern “${title}”.`,
    models: { answer: { model } },
    flow: [{ id: 'answer', use: 'generate', prompt, model: 'answer' }],
  }),
})

const linesIn = (text: string): number => text.split('\n').filter((line) => line.trim() !== '').length
