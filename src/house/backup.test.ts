/** A back-up of a running server, restored by the command into a new folder and onto the other engine: the same in every figure. */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ask, type Client, createClient } from '../../sdk/index.ts'
import { airworthyCommand, type ServerProcess, startServer } from '../testing/child.ts'
import { walkParcels } from '../testing/parcels-path.ts'
import { type RunningPostgres, startPostgres, whyNoPostgres } from '../testing/postgres.ts'

const home = mkdtempSync(join(tmpdir(), 'airworthy-backup-'))
const [data, file] = [join(home, 'data'), join(home, 'parcels.backup.gz')]
const servers: ServerProcess[] = []
let postgres: RunningPostgres | undefined
afterAll(async () => {
  for (const server of servers) await server.kill('SIGKILL')
  await postgres?.close()
  rmSync(home, { recursive: true, force: true })
})

async function start(environment: Record<string, string>) {
  const server = await startServer(environment)
  servers.push(server)
  const token = readFileSync(join(environment.AIRWORTHY_DATA ?? '', 'owner-token'), 'utf8').trim()
  const options = { baseUrl: server.url, token }
  return { server, options, client: createClient(options) }
}

/** What must be the same afterwards, down to digests and signatures. */
async function fingerprint(client: Client) {
  const { items: releases } = await client.listReleases({ params: { name: 'parcels' } })
  const { items: evidence } = await client.listEvidence({ query: { limit: 1000 } })
  const { items: audit } = await client.listAudit({ query: { limit: 1000 } })
  const { items: experiments } = await client.listExperiments({ query: { application: 'parcels' } })
  const { items: traces } = await client.listTraces({ query: { limit: 1000 } })
  const gates = await Promise.all(
    releases.map(({ id }) => client.getGate({ params: { id, stage: 'poc' } }).then(({ findings }) => findings)),
  )
  return {
    releases,
    evidence: evidence.map(({ id, ...rest }) => [id, JSON.stringify(rest)]),
    experiments,
    verdicts: gates.map((findings) => findings.map(({ check, verdict }) => `${check} ${verdict}`)),
    live: (await client.getLive()).applications,
    blueprint: await client.getBlueprint({ params: { name: 'parcels' } }),
    traces: traces.length,
    // What came after the back-up is the start of the new one.
    audit: audit.filter(({ action }) => action.startsWith('delivery.') || action.startsWith('evidence.')),
  }
}

test('everything is there again in a new folder, and on the other engine, under the old master key', async () => {
  const first = await start({ AIRWORTHY_DATA: data })
  await walkParcels(first.client, first.options)
  const before = await fingerprint(first.client)
  // While traffic goes on.
  let isOver = false
  const traffic = (async () => {
    for (let i = 0; !isOver; i++)
      await ask(first.options, { model: 'parcels', messages: [{ role: 'user', content: `parcel ${i}` }] })
  })()
  const made = await airworthyCommand(['backup', file], {
    AIRWORTHY_URL: first.server.url,
    AIRWORTHY_TOKEN: first.options.token,
  })
  isOver = true
  await traffic
  expect(made).toMatchObject({ code: 0, out: expect.stringContaining('master.key') })
  expect(statSync(file).mode & 0o077).toBe(0)
  await first.server.kill('SIGTERM')

  const missing = whyNoPostgres()
  postgres = missing ? undefined : await startPostgres()
  const target = join(home, 'again')
  const other = { AIRWORTHY_DATA: target, ...(postgres && { AIRWORTHY_DATABASE_URL: postgres.url }) }
  const plain = { AIRWORTHY_DATA: join(home, 'plain') }
  for (const settings of [plain, ...(postgres ? [other] : [])]) {
    // Without the key it is refused, and nothing is left that would be in the way.
    const refused = await airworthyCommand(['restore', file], settings)
    expect(refused).toMatchObject({
      code: 4,
      err: expect.stringMatching(/^There is no master key: put the file master\.key .+\n$/),
    })
    mkdirSync(settings.AIRWORTHY_DATA, { recursive: true })
    copyFileSync(join(data, 'master.key'), join(settings.AIRWORTHY_DATA, 'master.key'))
    const restored = await airworthyCommand(['restore', file], settings)
    expect(restored).toMatchObject({ code: 0, err: '' })
    const second = await start({ ...settings, ...(settings === plain && { AIRWORTHY_DATABASE_URL: '' }) })
    const after = await fingerprint(second.client)
    expect(after).toEqual({ ...before, traces: after.traces })
    expect(after.traces).toBeGreaterThanOrEqual(before.traces)
    expect(await second.client.verifyAudit()).toMatchObject({ kind: 'intact' })
    const answer = await ask(second.options, { model: 'parcels', messages: [{ role: 'user', content: 'parcel 7' }] })
    expect(answer.text).toBe('parcel 7')
    // Another folder does not make a database empty that is not in it.
    if (settings !== plain)
      expect(await airworthyCommand(['restore', file], { ...other, AIRWORTHY_DATA: join(home, 'more') })).toMatchObject(
        {
          code: 4,
        },
      )
    await second.server.kill('SIGTERM')
  }
}, 240_000)

test('a file that was cut off or changed is refused with one line', async () => {
  const bytes = readFileSync(file)
  const target = join(home, 'broken')
  mkdirSync(target)
  copyFileSync(join(data, 'master.key'), join(target, 'master.key'))
  const cut = join(home, 'cut.gz')
  writeFileSync(cut, bytes.subarray(0, Math.floor(bytes.length / 2)))
  const answer = await airworthyCommand(['restore', cut], { AIRWORTHY_DATA: target }, home, { throughDoor: true })
  expect(answer).toMatchObject({
    code: 4,
    err: expect.stringMatching(/^\S+ is no whole back-up: .+ use another one\.\n$/),
  })
  const whole = await airworthyCommand(['restore', file], { AIRWORTHY_DATA: target })
  expect(whole.code).toBe(0)
}, 60_000)
