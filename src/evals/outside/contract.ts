/** Routes of outside runs: take them in, list them, and give them out again. Browser-safe. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { Page, pageOf, route } from '../../wire/route.ts'
import { OutsideKind, OutsideRun, OutsideRunId } from './row.ts'

export { OutsideRun } from './row.ts'

export const importOutsideRuns = route({
  name: 'importOutsideRuns',
  method: 'POST',
  path: '/api/v1/applications/:name/outside-runs',
  summary: 'Take in runs of other programs: an MLflow run, a search for runs or an mlruns folder, or JUnit XML',
  permission: 'build',
  maxBodyBytes: 32 * 1024 * 1024,
  example: { tool: 'junit', content: '<testsuite name="unit"><testcase name="adds"/></testsuite>', kind: 'prompt' },
  params: z.object({ name: Name }),
  body: z.strictObject({
    tool: z.enum(['mlflow', 'junit']).describe('What wrote it.'),
    content: z.string().min(1).optional().describe('The report, for MLflow as the answer of its REST interface.'),
    files: z
      .record(z.string(), z.string())
      .optional()
      .describe('In place of it the files of an mlruns folder, by path.'),
    kind: OutsideKind.optional(),
    release: ReleaseId.optional(),
    check: z.string().optional().describe('The check that it answers for the release; kept as a record when left out.'),
  }),
  returns: { 201: z.object({ items: z.array(OutsideRun) }) },
})

export const listOutsideRuns = route({
  name: 'listOutsideRuns',
  method: 'GET',
  path: '/api/v1/applications/:name/outside-runs',
  summary: 'Runs of other programs, the newest first, without their tests',
  permission: 'view',
  mcp: true,
  params: z.object({ name: Name }),
  query: Page,
  returns: { 200: pageOf(OutsideRun.omit({ tests: true })) },
})

export const getOutsideRun = route({
  name: 'getOutsideRun',
  method: 'GET',
  path: '/api/v1/outside-runs/:id',
  summary: 'One run of another program with its figures and tests',
  permission: 'view',
  mcp: true,
  params: z.object({ id: OutsideRunId }),
  returns: { 200: OutsideRun },
})

export const getOutsideRunReport = route({
  name: 'getOutsideRunReport',
  method: 'GET',
  path: '/api/v1/outside-runs/:id/report',
  summary: 'The run in the form of MLflow again; what came in goes out without loss',
  permission: 'view',
  params: z.object({ id: OutsideRunId }),
  returns: { 200: z.object({ file: z.string(), content: z.string() }) },
})
