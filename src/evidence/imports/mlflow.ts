/** MLflow: a run, or the answer of a search for runs, as its REST interface gives them; each metric is a fact. */
import { z } from 'zod'
import type { Fact } from '../../core/evidence.ts'
import { parseJson, type ReportReader, unreadable } from './report.ts'

const Run = z.looseObject({
  info: z.looseObject({ run_id: z.string(), status: z.string() }),
  data: z.looseObject({ metrics: z.array(z.looseObject({ key: z.string(), value: z.number() })).default([]) }),
})
const Answer = z.union([
  z.object({ run: Run }).transform(({ run }) => [run]),
  z.looseObject({ runs: z.array(Run).min(1) }).transform(({ runs }) => runs),
])

export const mlflow: ReportReader = {
  tool: 'mlflow',
  read(content) {
    const parsed = Answer.safeParse(parseJson('mlflow', content))
    if (!parsed.success) throw unreadable('mlflow', 'it has neither `run` nor `runs` with `info` and `data`.')
    return {
      version: 'rest 2.0',
      reports: parsed.data.map(({ info, data }) => {
        if (info.status !== 'FINISHED') throw unreadable('mlflow', `the run ${info.run_id} is ${info.status}.`)
        const facts: Record<string, Fact> = Object.fromEntries(data.metrics.map(({ key, value }) => [key, { value }]))
        return { check: null, summary: `MLflow run ${info.run_id}: ${data.metrics.length} metrics.`, facts }
      }),
    }
  },
}
