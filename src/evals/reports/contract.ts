/** The route of reports: one experiment as other tools read it. Browser-safe. */
import { z } from 'zod'
import { route } from '../../wire/route.ts'
import { ExperimentId } from '../experiment.ts'

/** junit: for CI · markdown: for a pull request · mlflow: a run as MLflow's REST API has it · promptfoo: its results file. */
export const ReportFormat = z.enum(['junit', 'markdown', 'mlflow', 'promptfoo'])
export type ReportFormat = z.infer<typeof ReportFormat>

export const getExperimentReport = route({
  name: 'getExperimentReport',
  method: 'GET',
  path: '/api/v1/experiments/:id/report',
  summary: 'One experiment as JUnit XML, Markdown for a pull request, an MLflow run, or promptfoo results',
  permission: 'view',
  params: z.object({ id: ExperimentId }),
  query: z.object({ format: ReportFormat.default('markdown') }),
  returns: { 200: z.object({ format: ReportFormat, mediaType: z.string(), content: z.string() }) },
})

export const reportRoutes = [getExperimentReport]
