/** The route of reports to what writes them. */
import type { Database } from '../../store/database.ts'
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import type { Experiment, ExperimentId, ExperimentRow } from '../experiment.ts'
import type { RowsReader } from '../row-pages/index.ts'
import { listClusters } from '../triage/index.ts'
import { getExperimentReport, type ReportFormat } from './contract.ts'
import { junitOf } from './junit.ts'
import { markdownOf } from './markdown.ts'
import { mlflowRunOf } from './mlflow.ts'
import { promptfooResultsOf } from './promptfoo.ts'

const PAGE = 1000
/** More than this nobody reads, and no CI takes. */
const MOST_ROWS = 50_000

export type ReportsDeps = {
  readonly db: Database
  readonly get: (id: ExperimentId) => Promise<Experiment>
  readonly rows: RowsReader
}

export function reportsHttp({ db, get, rows }: ReportsDeps): Mounted[] {
  async function allRows(id: ExperimentId, arm?: string): Promise<ExperimentRow[]> {
    const all: ExperimentRow[] = []
    for (let cursor: string | undefined; all.length < MOST_ROWS; ) {
      const page = await rows({ id, arm, order: 'dataset', cursor, limit: PAGE })
      all.push(...page.items)
      if (page.next === null) break
      cursor = page.next
    }
    return all
  }

  const write: Record<ReportFormat, (experiment: Experiment) => Promise<{ mediaType: string; content: string }>> = {
    junit: async (experiment) => ({
      mediaType: 'application/xml',
      content: junitOf(experiment, await allRows(experiment.id, 'candidate')),
    }),
    markdown: async (experiment) => ({
      mediaType: 'text/markdown',
      content: markdownOf(experiment, await listClusters(db, experiment.id)),
    }),
    mlflow: async (experiment) => ({
      mediaType: 'application/json',
      content: JSON.stringify(mlflowRunOf(experiment), null, 2),
    }),
    promptfoo: async (experiment) => ({
      mediaType: 'application/json',
      content: JSON.stringify(promptfooResultsOf(experiment, await allRows(experiment.id)), null, 2),
    }),
  }

  return [
    handle(getExperimentReport, async ({ params, query, caller }) => {
      const experiment = await get(params.id)
      demandApplication(caller, experiment.application)
      return reply(200, { format: query.format, ...(await write[query.format](experiment)) })
    }),
  ]
}
