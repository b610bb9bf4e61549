/** What holds for every route and every table of the house, whoever adds one. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { generateSdk } from '../../tools/index.ts'
import { accessTables, limitTables, peopleTables, switchTables } from '../access/index.ts'
import { apiTables, findUnguarded } from '../api/index.ts'
import { dataQualityTables, findingsTables, harmTables } from '../assurance/index.ts'
import {
  decisionTables,
  approvalTables as deliveryApprovalTables,
  deliveryTables,
  rolloutTables,
} from '../delivery/index.ts'
import {
  annotationTables,
  answersTables,
  armsTables,
  datasetsTables,
  evalsTables,
  inBatchesTables,
  judgesTables,
  outsideTables,
  pagesTables,
  studiesTables,
  triageTables,
} from '../evals/index.ts'
import { evidenceTables } from '../evidence/index.ts'
import {
  advisorTables,
  alertTables,
  dataTables,
  documentTables,
  ideaTables,
  incidentTables,
  kpiEventTables,
  maturityTables,
  mitigationTables,
  planTables,
  policyTables,
  remarkTables,
  testPageTables,
  trainingTables,
  trialTables,
  upkeepTables,
  workspaceTables,
} from '../governance/index.ts'
import { modelGuardrailTables } from '../guardrails/index.ts'
import { systemClock } from '../kernel/time.ts'
import { mailTables } from '../mail/index.ts'
import {
  advisoryTables,
  approvalTables,
  cardTables,
  gatewayTables,
  modelsTables,
  priceTables,
  quotaTables,
  roundTables,
  routeTables,
  shortlistTables,
  trainingRunTables,
  watchTables,
  weightsTables,
} from '../models/index.ts'
import { heldCallTables, oversightTables } from '../oversight/index.ts'
import { privacyTables } from '../privacy/index.ts'
import { promptsTables } from '../prompts/index.ts'
import { openDatabase } from '../store/database.ts'
import { jobMigrations, own as jobTables } from '../store/jobs-store.ts'
import { migrate } from '../store/migrate.ts'
import { responseTables, rollUpTables, sealingTables, telemetryTables } from '../telemetry/index.ts'
import { ROOT, testAirworthy } from '../testing/airworthy.ts'
import { freshEngine } from '../testing/engine.ts'
import { webhooksTables } from '../webhooks/index.ts'
import { migrations } from '../wiring/index.ts'

const airworthy = await testAirworthy()
const { url, client, listener } = airworthy
afterAll(() => airworthy.close())

test('every route that is not open refuses a stranger, before it looks at what is asked', async () => {
  expect(listener.mounted.length).toBeGreaterThan(80)
  expect(await findUnguarded({ mounted: listener.mounted, baseUrl: url, fetch })).toEqual([])
})

test('every route stands in the OpenAPI document with a summary, and nothing else does', async () => {
  const { paths } = (await client.getOpenApi()) as {
    paths: Record<string, Record<string, { operationId: string; summary: string }>>
  }
  const listed = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => `${method.toUpperCase()} ${path} ${operationId}`),
  )
  const mounted = listener.mounted.map(
    ({ route: { method, path, name } }) => `${method} ${path.replace(/:(\w+)\*?/g, '{$1}')} ${name}`,
  )
  expect(listed.sort()).toEqual(mounted.sort())
  for (const operation of Object.values(paths).flatMap((methods) => Object.values(methods)))
    expect(operation.summary, operation.operationId).toMatch(/^[A-Z].{8,}/)
})

test('two routes never share a name, nor a method and path', () => {
  const names = listener.mounted.map(({ route }) => route.name)
  const places = listener.mounted.map(({ route }) => `${route.method} ${route.path.replace(/:\w+/g, ':')}`)
  expect(new Set(names).size).toBe(names.length)
  expect(new Set(places).size).toBe(places.length)
})

test('the SDK is what the routes say; `npm run generate:sdk` writes it', async () => {
  for (const [path, text] of Object.entries(await generateSdk()))
    expect(readFileSync(join(ROOT, path), 'utf8') === text, `${path} is as generated`).toBe(true)
})

const TABLES = [
  advisoryTables,
  answersTables,
  inBatchesTables,
  armsTables,
  accessTables,
  limitTables,
  apiTables,
  approvalTables,
  cardTables,
  dataQualityTables,
  datasetsTables,
  deliveryApprovalTables,
  deliveryTables,
  evalsTables,
  annotationTables,
  judgesTables,
  pagesTables,
  outsideTables,
  studiesTables,
  evidenceTables,
  findingsTables,
  harmTables,
  gatewayTables,
  jobTables,
  mailTables,
  modelGuardrailTables,
  modelsTables,
  oversightTables,
  heldCallTables,
  peopleTables,
  priceTables,
  quotaTables,
  privacyTables,
  promptsTables,
  rolloutTables,
  decisionTables,
  roundTables,
  shortlistTables,
  routeTables,
  switchTables,
  responseTables,
  rollUpTables,
  sealingTables,
  telemetryTables,
  trainingTables,
  trainingRunTables,
  incidentTables,
  alertTables,
  maturityTables,
  mitigationTables,
  remarkTables,
  testPageTables,
  trialTables,
  upkeepTables,
  workspaceTables,
  triageTables,
  documentTables,
  advisorTables,
  planTables,
  kpiEventTables,
  ideaTables,
  dataTables,
  policyTables,
  watchTables,
  webhooksTables,
  weightsTables,
]

test('every table belongs to one slice and has exactly the columns of its schema', async () => {
  const db = openDatabase(await freshEngine())
  await migrate(db, [jobMigrations, ...migrations], systemClock)
  const { rows } = await sql<{ tableName: string; columnName: string; isNullable: string }>`
    select table_name, column_name, is_nullable from information_schema.columns
    where table_schema = current_schema() and table_name <> 'migrations'`.execute(db)
  const found: Record<string, string[]> = {}
  for (const { tableName, columnName, isNullable } of rows) {
    found[tableName] ??= []
    found[tableName].push(`${camel(columnName)}${isNullable === 'YES' ? '?' : ''}`)
  }
  const said: Record<string, string[]> = {}
  for (const { schemas } of TABLES)
    for (const [name, schema] of Object.entries<z.ZodObject>(schemas)) {
      const table = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
      expect(said, `${table} has one owner`).not.toHaveProperty(table)
      said[table] = Object.entries(schema.shape).map(
        ([column, type]) => `${column}${(type as z.ZodType).safeParse(null).success ? '?' : ''}`,
      )
    }
  const sorted = (tables: Record<string, string[]>) =>
    Object.fromEntries(Object.entries(tables).map(([name, columns]) => [name, columns.sort()]))
  expect(sorted(found)).toEqual(sorted(said))
})

const camel = (column: string): string => column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
