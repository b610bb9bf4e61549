/** Rows that a prompt shows and no blueprint holds: read of the frozen dataset that it names. */
import type { ParsedPrompt } from '../../core/blueprint/blueprint.ts'
import { chooseExamples, openExamples, withExamples } from '../../core/blueprint/prompt-examples.ts'
import type { DatasetPart } from '../../core/dataset.ts'
import { Failure, type Problem } from '../../kernel/failure.ts'
import type { ExamplesOf } from './examples-of.ts'

/** The prompt as it is where it waits for nothing. Throws `datasets.examples-unusable` with every problem. */
export async function fillExamples(
  prompt: ParsedPrompt,
  datasets: readonly DatasetPart[],
  examplesOf: Pick<ExamplesOf, 'pieces'>,
): Promise<ParsedPrompt> {
  const ask = openExamples(prompt)
  if (!ask) return prompt
  const dataset = datasets.find(({ name }) => name === ask.dataset)
  if (!dataset)
    throw unusable(prompt, [
      { file: `prompts/${prompt.name}.prompt`, field: 'examples.dataset', ...unknownDataset(ask.dataset, datasets) },
    ])
  const choice = chooseExamples(ask)
  for await (const rows of examplesOf.pieces(dataset)) rows.forEach(choice.look)
  const { shown, problems } = choice.end(prompt)
  if (problems.length > 0) throw unusable(prompt, problems)
  return withExamples(prompt, shown)
}

const unknownDataset = (name: string, have: readonly DatasetPart[]) => ({
  message: `there is no dataset ${name}`,
  remedy: have.length > 0 ? `Choose one of ${have.map((one) => one.name).join(', ')}.` : 'Add it under datasets/.',
})

function unusable({ name }: ParsedPrompt, problems: readonly Problem[]): Failure {
  const [first] = problems
  const message = `The prompt ${name} cannot show its examples: ${first?.message}. ${first?.remedy ?? ''}`
  return new Failure('invalid', 'datasets.examples-unusable', message.trim(), { problems })
}
