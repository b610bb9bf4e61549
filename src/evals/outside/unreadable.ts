/** The one way in which a report of another program is refused here: which, why, and what to send. */
import { Failure } from '../../kernel/failure.ts'

const FORMS = {
  mlflow: 'Send the answer of `GET /api/2.0/mlflow/runs/get`, of `runs/search`, or the files of a folder below mlruns.',
  junit: 'Send the JUnit XML as the test runner wrote it.',
} as const

export const unreadable = (tool: keyof typeof FORMS, why: string): Failure =>
  new Failure('invalid', 'evals.outside-run-unreadable', `This cannot be read as ${tool}: ${why} ${FORMS[tool]}`)
