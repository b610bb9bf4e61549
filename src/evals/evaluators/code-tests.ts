/** The answer is code, and passes the tests that the example brings. */
import { z } from 'zod'
import { CodeLimits, demandCode } from './code-limits.ts'
import { evaluator, notApplicable, passed } from './evaluator.ts'
import { runCode } from './process.ts'

export const codeTests = evaluator({
  id: 'code-tests',
  version: 1,
  kind: 'rate',
  unit: 'share',
  better: 'higher',
  range: { low: 0, high: 1 },
  needs: ['metadata.tests'],
  cost: 'process',
  source: 'functional correctness as HumanEval (Chen et al. 2021); self-tested',
  description: 'The answer’s code (its first fence, or all of it) followed by `metadata.tests` ends without an error.',
  options: CodeLimits.extend({ language: z.enum(['typescript', 'python']).default('python') }),
  scorer:
    ({ language, timeoutMs, memoryMb }) =>
    async ({ example, answer }, reach) => {
      const tests = example.metadata?.tests
      if (typeof tests !== 'string') return notApplicable('metadata.tests is no text')
      demandCode(reach)
      const source = `${/```\w*\n([\s\S]*?)```/.exec(answer)?.[1] ?? answer}\n\n${tests}\n`
      try {
        const { exitCode, stderr } = await runCode(
          { language, source, input: '', limits: { timeoutMs, memoryMb } },
          reach.signal,
        )
        return passed(
          exitCode === 0,
          exitCode === 0 ? 'tests pass' : `ended with ${exitCode}: ${stderr.trim().slice(-200)}`,
        )
      } catch (thrown) {
        if (reach.signal.aborted) throw thrown
        // Code that never ends or prints for ever is wrong code; only a missing interpreter is no verdict on it.
        const message = thrown instanceof Error ? thrown.message : String(thrown)
        if (message.includes('could not be started')) throw thrown
        return passed(false, message)
      }
    },
})
