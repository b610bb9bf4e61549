/** The same house on a real PostgreSQL: what the embedded engine runs in every other test, once over the pool. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ask, createClient } from '../../sdk/index.ts'
import { startAirworthy } from '../airworthy.ts'
import { readConfig } from '../config.ts'
import { ROOT } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'
import { startPostgres, whyNoPostgres } from '../testing/postgres.ts'

const missing = whyNoPostgres()
const name = 'parcels'

test.skipIf(missing !== undefined)(
  `on PostgreSQL a release is frozen, measured, judged, asked and traced, and is there after a restart${missing ? `: ${missing}` : ''}`,
  async () => {
    const postgres = await startPostgres()
    const data = mkdtempSync(join(tmpdir(), 'airworthy-on-postgres-'))
    const start = async () => {
      const airworthy = await startAirworthy({
        config: readConfig({
          AIRWORTHY_DATA: data,
          AIRWORTHY_DATABASE_URL: postgres.url,
          AIRWORTHY_PORT: '0',
          AIRWORTHY_EXAMPLE: '0',
        }),
        root: ROOT,
        print: () => {},
        pages: false,
      })
      const options = { baseUrl: airworthy.url, token: airworthy.ownerToken }
      return { close: () => airworthy.close(), options, client: createClient(options) }
    }
    try {
      const first = await start()
      const { client } = first
      await client.createApplication({ body: { name, files: echoApplication('first') } })
      const { body: release } = await client.freezeRelease({ params: { name }, body: {} })
      const run = await client.runGate({ params: { id: release.id, stage: 'poc' }, body: {} })
      if (run.status !== 202) throw new Error(`the gate is not run: ${run.status}`)
      await expect
        .poll(async () => (await client.getJob({ params: { id: run.body.job } })).state, { timeout: 30_000 })
        .toBe('succeeded')
      const held = await client.promoteRelease({ params: { id: release.id }, body: { into: 'poc' } })
      expect(held.status).toBe(409)

      const answer = await ask(first.options, { model: name, messages: [{ role: 'user', content: 'parcel 7' }] })
      expect(answer.text).toBe('parcel 7')
      const id = answer.trace ?? ''
      await expect
        .poll(async () => (await client.getTrace({ params: { id } }).catch(() => undefined))?.summary.release)
        .toBe(release.id)
      await first.close()

      const second = await start()
      const { findings } = await second.client.getGate({ params: { id: release.id, stage: 'poc' } })
      expect(findings.filter(({ verdict }) => verdict === 'PASS').length).toBeGreaterThan(8)
      expect((await second.client.verifyAudit()).kind).toBe('intact')
      await second.close()
    } finally {
      await postgres.close()
      rmSync(data, { recursive: true, force: true })
    }
  },
  120_000,
)
