/** The registry of prompts: versions across releases, where each is live and used, and how two of them differ. */
import type { ParsedDataset, ParsedPrompt } from '../core/blueprint/blueprint.ts'
import { parseExamples } from '../core/blueprint/examples.ts'
import { type BlueprintFiles, textOf } from '../core/blueprint/files.ts'
import { parseBlueprint } from '../core/blueprint/parse.ts'
import { joinExamples, namesExamples, openExamples } from '../core/blueprint/prompt-examples.ts'
import { parsePromptFile } from '../core/blueprint/prompt-file.ts'
import { promptText } from '../core/blueprint/prompt-text.ts'
import type { Manifest } from '../core/manifest.ts'
import type { Release, ReleaseId } from '../core/release.ts'
import type { Stage } from '../core/stage.ts'
import { Failure, type Problem } from '../kernel/failure.ts'
import type {
  PromptLabel,
  PromptSummary,
  PromptUse,
  PromptVersion,
  PromptVersionWithUse,
  Rendered,
} from './contract.ts'
import { differenceOf, type Piece } from './difference.ts'
import { demandLabel, type LiveRelease, labelsOf } from './labels.ts'
import { type LintBlueprint, type LintFinding, lintPrompt } from './lint/index.ts'
import { parsePrompt, promptPart } from './parse.ts'
import type { Prompts } from './prompts.ts'

export type RegistryDeps = {
  readonly prompts: Prompts
  /** What answers now in each stage of an application. */
  readonly liveOf: (application: string) => readonly LiveRelease[]
  readonly releaseOf: (id: ReleaseId) => Promise<Release>
  readonly newestReleaseOf: (application: string) => Promise<Release | undefined>
  readonly countTokens: (text: string) => Promise<number>
  readonly lint: LintBlueprint
  /** A prompt with the rows that it shows of these datasets; throws where it names one that it may not show. */
  readonly fillExamples: (prompt: ParsedPrompt, datasets: Manifest['datasets']) => Promise<ParsedPrompt>
  /** The files of the stored blueprint. */
  readonly filesOf: (application: string) => Promise<BlueprintFiles>
}

type Values = Readonly<Record<string, unknown>>
type OnePrompt = { readonly application: string; readonly prompt: string }

export function createRegistry(deps: RegistryDeps) {
  const { prompts, liveOf, releaseOf, newestReleaseOf, filesOf, countTokens } = deps
  const versions = async ({ application, prompt }: OnePrompt): Promise<PromptVersionWithUse[]> => {
    const live = liveOf(application)
    return (await prompts.versions(application, prompt)).map((version) => ({
      ...version,
      labels: labelsOf([version], live),
    }))
  }
  const versionOf = async (of: OnePrompt, number: number): Promise<PromptVersionWithUse> => {
    const all = await versions(of)
    const found = all.find((version) => version.number === number)
    if (found) return found
    throw new Failure(
      'unknown',
      'prompts.version-unknown',
      `${of.prompt} has no version ${number}. It has ${all.map((version) => version.number).join(', ')}.`,
    )
  }

  const render = (part: ReturnType<typeof promptPart>, values: Values): Promise<Rendered> =>
    attempt(async () => {
      const turns = await prompts.render(part, { ...NOTHING_SAID, ...values })
      return { kind: 'rendered', turns, tokens: await countTokens(turns.map(({ content }) => content).join('\n')) }
    })

  /** A draft with its examples: rows of the stored blueprint, else of a dataset as the newest release has it. */
  async function shown(application: string, prompt: ParsedPrompt, files: BlueprintFiles): Promise<ParsedPrompt> {
    if (!namesExamples(prompt)) return prompt
    const problems: Problem[] = []
    const [joined = prompt] = joinExamples([prompt], datasetsIn(files), problems)
    if (openExamples(joined))
      return deps.fillExamples(joined, (await newestReleaseOf(application))?.manifest.datasets ?? [])
    const [first] = problems
    if (!first) return joined
    throw new Failure('invalid', 'prompts.examples-unusable', `${first.message}. ${first.remedy ?? ''}`, { problems })
  }
  const renderVersion = ({ partials, ...version }: PromptVersion, values: Values) =>
    render({ ...version, ...(partials && { partials }) }, values)

  return {
    versions,

    async list(application: string): Promise<PromptSummary[]> {
      const live = liveOf(application)
      return (await prompts.list(application)).map(({ all, ...summary }) => ({
        ...summary,
        labels: labelsOf(all, live),
      }))
    },

    /** The steps of the newest release and of the live ones. */
    async uses({ application, prompt }: OnePrompt): Promise<PromptUse[]> {
      await prompts.versions(application, prompt)
      const newest = await newestReleaseOf(application)
      const ids = new Set([...(newest ? [newest.id] : []), ...liveOf(application).map(({ release }) => release)])
      const releases = await Promise.all([...ids].map(releaseOf))
      return releases.flatMap(({ id, number, manifest }) =>
        stepsWith(manifest, prompt).map((use) => ({ release: id, number, ...use })),
      )
    },

    async compare(of: OnePrompt, { from, to, values }: { from: number; to: number; values: Values }) {
      const [{ releases: _, labels: __, ...one }, { releases: ___, labels: ____, ...other }] = [
        await versionOf(of, from),
        await versionOf(of, to),
      ]
      const [before, after] = [await renderVersion(one, values), await renderVersion(other, values)]
      const rendered: Piece[] =
        before.kind === 'rendered' && after.kind === 'rendered'
          ? differenceOf(asText(before.turns), asText(after.turns))
          : []
      return { from: one, to: other, written: differenceOf(asFiles(one), asFiles(other)), before, after, rendered }
    },

    async demandLabel(of: OnePrompt, { stage, number }: { stage: Stage; number: number }): Promise<PromptLabel> {
      const { application, prompt } = of
      return demandLabel({ prompt, stage, version: await versionOf(of, number), live: liveOf(application) })
    },

    /** A text that is nowhere kept. Broken front matter is `prompts.unusable`; a value that lacks is an answer. */
    async renderText({
      application,
      text,
      values,
      partials,
    }: {
      application: string
      text: string
      values: Values
      partials?: Readonly<Record<string, string>> | undefined
    }): Promise<{ rendered: Rendered; findings: LintFinding[] }> {
      const draft = parsePrompt(text)
      const files = partials && !namesExamples(draft) ? {} : await filesOf(application)
      const around = partials ?? partialsIn(files)
      const prompt = { ...draft, ...(Object.keys(around).length > 0 && { partials: around }) }
      return {
        rendered: await attempt(async () => render(promptPart(await shown(application, prompt, files)), values)),
        findings: await lintPrompt(prompt, { source: text, countTokens }),
      }
    },

    /** Of the files that are given, else of the stored ones. A blueprint that does not parse is refused. */
    async lint(application: string, given?: BlueprintFiles) {
      const files = given ?? (await filesOf(application))
      const parsed = parseBlueprint({ files, name: application })
      if (parsed.kind === 'parsed')
        return { prompts: parsed.blueprint.prompts.length, items: await deps.lint(parsed.blueprint, files) }
      throw new Failure(
        'invalid',
        'prompts.blueprint-invalid',
        `The blueprint has ${parsed.problems.length} mistakes; mend them first. \`airworthy check\` lists them.`,
        { problems: parsed.problems },
      )
    },
  }
}
export type Registry = ReturnType<typeof createRegistry>

/** What a flow always gives, as empty as a first question finds it. */
const NOTHING_SAID = { history: [], passages: [], conversation: [] }

const asText = (turns: readonly { role: string; content: string }[]): string =>
  turns.map(({ role, content }) => `[${role}]\n${content.trim()}`).join('\n\n')

/** The prompt and its partials as one text. */
const asFiles = ({ frontMatter, body, partials }: PromptVersion): string =>
  [
    promptText({ frontMatter, body }),
    ...Object.entries(partials ?? {}).map(([name, text]) => `\n_${name}.prompt\n${text}\n`),
  ].join('')

function stepsWith(manifest: Manifest, prompt: string): Pick<PromptUse, 'flow' | 'step' | 'model'>[] {
  const flows = [['flow', manifest.flow] as const, ['baseline', manifest.baseline] as const]
  return flows.flatMap(([flow, part]) =>
    (part?.steps ?? []).flatMap((step) =>
      step.use === 'generate' && step.prompt === prompt
        ? [{ flow, step: step.id, model: manifest.models.find(({ name }) => name === step.model)?.model ?? step.model }]
        : [],
    ),
  )
}

async function attempt(work: () => Promise<Rendered>): Promise<Rendered> {
  try {
    return await work()
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown
    return { kind: 'not-rendered', code: thrown.code, message: thrown.message }
  }
}

/** Those whose rows stand in the files. */
const datasetsIn = (files: BlueprintFiles): ParsedDataset[] =>
  Object.entries(files).flatMap(([path, file]) => {
    const [, name] = /^datasets\/([^/]+)\.jsonl$/.exec(path) ?? []
    return name === undefined ? [] : [{ name, rows: parseExamples({ path, text: textOf(file), problems: [] }) }]
  })

const partialsIn = (files: BlueprintFiles): Record<string, string> =>
  Object.fromEntries(
    Object.entries(files)
      .filter(([path]) => /^prompts\/_[^/]+\.prompt$/.test(path))
      .flatMap(([path, file]) => parsePromptFile({ path, text: textOf(file), problems: [] }))
      .map(({ name, body }) => [name.slice(1), body]),
  )
