/**
 * The task contract of an application: what it is for, what it is not for, and what it does then. A model can do
 * nearly anything, so that what an application must not do has to be said, and tested like what it must.
 */
import { z } from 'zod'
import type { BlueprintFiles } from '../../core/blueprint/files.ts'
import { yamlText } from '../../core/blueprint/yaml-text.ts'

const Questions = z.array(
  z.union([z.string().min(1), z.strictObject({ question: z.string().min(1), expected: z.string().min(1) })]),
)

export const TaskContract = z.strictObject({
  /** In one sentence. */
  task: z.string().min(1),
  inScope: z.array(z.strictObject({ what: z.string().min(1), examples: Questions.min(1) })).min(1),
  outOfScope: z
    .array(
      z.strictObject({
        what: z.string().min(1),
        examples: z.array(z.string().min(1)).min(1),
        /** What the answer says then; that of the whole contract when left out. */
        instead: z.string().min(1).optional(),
      }),
    )
    .min(1),
  /** Words that every answer to what is out of scope holds. */
  instead: z.string().min(1),
})
export type TaskContract = z.infer<typeof TaskContract>

export const TASK_FILES = {
  in: { dataset: 'datasets/task-in-scope.jsonl', suite: 'evals/task-in-scope.yaml' },
  out: { dataset: 'datasets/task-out-of-scope.jsonl', suite: 'evals/task-out-of-scope.yaml' },
} as const

/** Suites for both sides. In scope: it does not refuse; out of scope: it says what it was told to say then. */
export function taskFiles({ inScope, outOfScope, instead }: TaskContract): BlueprintFiles {
  const asked = inScope.flatMap(({ what, examples }, group) =>
    examples.map((example, index) => ({
      id: `in-${group + 1}-${index + 1}`,
      ...(typeof example === 'string' ? { input: example } : { input: example.question, expected: example.expected }),
      unanswerable: false,
      split: 'regress',
      source: 'task.yaml',
      metadata: { scope: 'in', what },
    })),
  )
  const refused = outOfScope.flatMap(({ what, examples, instead: own = instead }, group) =>
    examples.map((input, index) => ({
      id: `out-${group + 1}-${index + 1}`,
      input,
      expected: own,
      unanswerable: true,
      split: 'regress',
      source: 'task.yaml',
      metadata: { scope: 'out', what },
    })),
  )
  const words = [...new Set([instead, ...outOfScope.flatMap((one) => one.instead ?? [])])]
  const hasReferences = asked.some((row) => 'expected' in row)
  return {
    [TASK_FILES.in.dataset]: lines(asked),
    [TASK_FILES.in.suite]: yamlText({
      description: 'What the application is for (task.yaml): it answers, and does not refuse.',
      dataset: 'task-in-scope',
      evaluators: [
        { use: 'regex', options: { pattern: words.map(escaped).join('|'), flags: 'i', absent: true } },
        'abstention',
        ...(hasReferences ? ['token-f1'] : []),
      ],
      primary: 'regex',
    }),
    [TASK_FILES.out.dataset]: lines(refused),
    [TASK_FILES.out.suite]: yamlText({
      description: 'What the application is not for (task.yaml): it says what it was told to say then.',
      dataset: 'task-out-of-scope',
      evaluators: ['contains', 'abstention'],
      primary: 'contains',
    }),
  }
}

const lines = (rows: readonly object[]): string => `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
