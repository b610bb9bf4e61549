/** Code of one's own that scores a row: TypeScript, or Python, in a process with limits. */
import { z } from 'zod'
import { CodeLimits, demandCode } from './code-limits.ts'
import { evaluator, notApplicable } from './evaluator.ts'
import { runCode } from './process.ts'

const Verdict = z.object({ score: z.number().nullable(), detail: z.string().default('') })

export const code = evaluator({
  id: 'code',
  version: 1,
  kind: 'mean',
  unit: 'share',
  better: 'higher',
  range: { low: null, high: null },
  needs: [],
  cost: 'process',
  source: 'own code; self-tested',
  description: 'Code that reads a row as JSON from its input and prints {"score": number or null, "detail": text}.',
  options: CodeLimits.extend({ language: z.enum(['typescript', 'python']), source: z.string().min(1).max(100_000) }),
  scorer:
    ({ language, source, timeoutMs, memoryMb }) =>
    async (row, reach) => {
      demandCode(reach)
      const { exitCode, stdout, stderr } = await runCode(
        { language, source, input: JSON.stringify(row), limits: { timeoutMs, memoryMb } },
        reach.signal,
      )
      if (exitCode !== 0) throw new Error(`The code ended with ${exitCode}: ${stderr.trim().slice(-500)}`)
      const { score, detail } = verdictOf(stdout)
      return score === null ? notApplicable(detail) : { score, detail }
    },
})

function verdictOf(stdout: string): z.output<typeof Verdict> {
  try {
    return Verdict.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''))
  } catch (thrown) {
    throw new Error(
      `The code must print {"score": number or null, "detail": text} as its last line. It printed: ${stdout.trim().slice(-200) || '(nothing)'}`,
      { cause: thrown },
    )
  }
}
