/** A training run as a file or a request says it: read with the line of each mistake, and put into the form of a record. */
import { readYaml } from '../../core/blueprint/yaml-file.ts'
import { Failure, type Problem } from '../../kernel/failure.ts'
import type { MicroUsd } from '../../kernel/money.ts'
import { instantOf } from '../../kernel/time.ts'
import { type TrainingRun, TrainingRunFile } from './training-run.ts'

const FILE = 'training-run.yaml'

/** YAML or JSON. Throws `models.training-run-invalid` with each field that is wrong. */
export function readRunFile(text: string): TrainingRunFile {
  const problems: Problem[] = []
  const read = readYaml({ path: FILE, text, schema: TrainingRunFile, problems })
  if (read !== undefined) return read
  throw invalidRun(problems)
}

/** What the schema refused, below a field. */
export const problemsIn = (
  { issues }: { readonly issues: readonly { path: readonly PropertyKey[]; message: string }[] },
  where: string,
): Failure =>
  invalidRun(
    issues.map(({ path, message }) => ({
      field: [where, ...path.map(String)].join('.'),
      message,
      remedy: 'Correct it where it was logged, or say the field in a file, which goes before.',
    })),
  )

type Facts = Omit<
  TrainingRun,
  'id' | 'organisation' | 'model' | 'digest' | 'mlflowRun' | 'datasets' | 'replaces' | 'recordedBy' | 'recordedAt'
>

/** What was not said is null or empty, which is unknown. */
export const factsOf = (file: TrainingRunFile): Facts => ({
  method: file.method ?? null,
  base: file.base ?? [],
  teacher: file.teacher ?? null,
  code: file.code ?? null,
  parameters: file.parameters ?? {},
  seed: file.seed ?? null,
  frameworks: file.frameworks ?? {},
  hardware: file.hardware ?? null,
  costMicroUsd: file.costMicroUsd === undefined ? null : (String(file.costMicroUsd) as MicroUsd),
  startedAt: file.startedAt === undefined ? null : instantOf(Date.parse(file.startedAt)),
  endedAt: file.endedAt === undefined ? null : instantOf(Date.parse(file.endedAt)),
  figures: file.figures ?? [],
  weights: file.weights ?? [],
  note: file.note ?? null,
})

function invalidRun(problems: readonly Problem[]): Failure {
  const [first] = problems
  const line = first?.line === undefined ? '' : `line ${first.line}, `
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
  return new Failure(
    'invalid',
    'models.training-run-invalid',
    `${line}${first?.field ?? FILE}: ${first?.message ?? 'it cannot be read'}. ${first?.remedy ?? ''}${more}`.trim(),
    { problems },
  )
}
