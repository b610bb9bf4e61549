/** Do prompts name tools that are there, and can what they name be called in one answer. */
import type { Problem } from '../../kernel/failure.ts'
import type { Step } from '../flow.ts'
import { toolsNamed } from '../tool.ts'
import type { ParsedPrompt, ParsedTool } from './blueprint.ts'
import { missing } from './missing.ts'
import { placeOf } from './place-of-flow.ts'
import type { Settings } from './schema.ts'

type Parts = {
  readonly settings: Settings
  readonly prompts: readonly ParsedPrompt[]
  readonly tools: readonly ParsedTool[]
  readonly flow: { readonly name: string; readonly steps: readonly Step[] }
  readonly baseline: { readonly name: string; readonly steps: readonly Step[] } | null
}

export const toolProblems = (parts: Parts): Problem[] => [
  ...parts.tools
    .filter(({ name }, at) => parts.tools.findIndex((one) => one.name === name) !== at)
    .map(({ name }) => ({
      file: `tools/${name}.yml`,
      field: 'name',
      message: `there is a tools/${name}.yaml as well`,
      remedy: 'Keep one of the two.',
    })),
  ...parts.prompts.flatMap((prompt) => promptProblems(prompt, parts)),
  ...[parts.flow, ...(parts.baseline ? [parts.baseline] : [])].flatMap((flow) => roundProblems(flow, parts)),
]

function promptProblems({ name, frontMatter }: ParsedPrompt, { tools }: Parts): Problem[] {
  const file = `prompts/${name}.prompt`
  const names = toolsNamed(frontMatter)
  if (!names)
    return [
      {
        file,
        field: 'tools',
        message: '`tools` is no list of names',
        remedy: 'Write `tools: [name]`, and the tool itself as tools/name.yaml.',
      },
    ]
  const unknown = names.filter((one) => !tools.some((tool) => tool.name === one))
  const callers = new Set(
    names.flatMap((one) => tools.find((tool) => tool.name === one)?.call ?? []).map(({ kind }) => kind === 'client'),
  )
  return [
    ...unknown.map((one) =>
      missing({ file, field: one, what: 'tool', name: one, have: tools, put: `tools/${one}.yaml` }),
    ),
    // What was called here is known to no other request, so the answer could not go on from the caller's results.
    ...(callers.size > 1
      ? [
          {
            file,
            field: 'tools',
            message: 'some of its tools are called by the client and some here',
            remedy: 'Give all tools of one prompt the same `call.kind`.',
          },
        ]
      : []),
  ]
}

function roundProblems(flow: Parts['flow'], { prompts, settings }: Parts): Problem[] {
  const { file, list } = placeOf(flow, settings)
  return flow.steps.flatMap((step, index) => {
    if (step.use !== 'generate' || step.toolRounds === undefined) return []
    const prompt = prompts.find(({ name }) => name === step.prompt)
    if (!prompt || toolsNamed(prompt.frontMatter)?.length !== 0) return []
    return [
      {
        file,
        field: `${list}.${index}.toolRounds`,
        message: `the prompt ${step.prompt} names no tools`,
        remedy: 'Name them under `tools` of the prompt, or remove `toolRounds`.',
      },
    ]
  })
}
