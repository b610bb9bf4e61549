/** Two servers on one PostgreSQL: what one is told of who may do what, the other comes to know. */
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
/** Five seconds are promised, and a poll every two keeps that; a busy machine is not what is tested here. */
const LONGEST_MS = 30_000

test.skipIf(missing !== undefined)(
  `a switch, a revoked key and a session of one server are known to the other${missing ? `: ${missing}` : ''}`,
  async () => {
    const postgres = await startPostgres()
    const folders: string[] = []
    const start = async () => {
      const data = mkdtempSync(join(tmpdir(), 'airworthy-of-two-'))
      folders.push(data)
      const airworthy = await startAirworthy({
        config: readConfig({
          AIRWORTHY_DATA: data,
          AIRWORTHY_DATABASE_URL: postgres.url,
          AIRWORTHY_PORT: '0',
          AIRWORTHY_EXAMPLE: '0',
          AIRWORTHY_MASTER_KEY: 'one master key for both of them',
          AIRWORTHY_OWNER_TOKEN: 'awk_the_owner_token_of_both',
        }),
        root: ROOT,
        print: () => {},
        pages: false,
      })
      return { airworthy, client: createClient({ baseUrl: airworthy.url, token: airworthy.ownerToken, retries: 0 }) }
    }
    const [one, other] = [await start(), await start()]
    try {
      await one.client.createApplication({ body: { name: 'parcels', files: echoApplication('first') } })
      await one.client.freezeRelease({ params: { name: 'parcels' }, body: {} })
      const { id, secret } = await one.client.createKey({ body: { name: 'shop', role: 'builder' } })

      /** How the other server answers a model with that key: `answered`, or the code of its refusal. */
      const asked = () =>
        ask(
          { baseUrl: other.airworthy.url, token: secret, retries: 0 },
          { model: 'scripted/echo', messages: [{ role: 'user', content: 'parcel 7' }] },
        ).then(
          () => 'answered',
          ({ code }: { code: string }) => code,
        )
      const becomes = (what: string) => expect.poll(asked, { timeout: LONGEST_MS, interval: 100 }).toBe(what)

      await becomes('answered')
      const params = { kind: 'provider', name: 'scripted' } as const
      await one.client.switchOff({ params, body: { reason: 'It says too much.' } })
      await becomes('gateway.switched-off')
      await one.client.switchOn({ params, query: { reason: 'It is mended.' } })
      await becomes('answered')
      await one.client.revokeKey({ params: { key: id } })
      await becomes('access.key-unknown')

      // Whoever signs in at one and is sent to the other next is known there at once.
      const { actor } = await one.client.getMe()
      const { url } = await one.client.createSignInLink({ body: { actor } })
      const signedIn = await fetch(url, { redirect: 'manual' })
      const cookie = /airworthy_session=([^;]+)/.exec(signedIn.headers.get('set-cookie') ?? '')?.[1] ?? ''
      const response = await fetch(`${other.airworthy.url}/api/v1/me`, {
        headers: { cookie: `airworthy_session=${cookie}` },
      })
      expect(await response.json()).toMatchObject({ actor })
      expect((await other.client.verifyAudit()).kind).toBe('intact')
    } finally {
      await one.airworthy.close()
      await other.airworthy.close()
      await postgres.close()
      for (const folder of folders) rmSync(folder, { recursive: true, force: true })
    }
  },
  120_000,
)
