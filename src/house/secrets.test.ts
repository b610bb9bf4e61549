/** After a run with every kind of secret, none of them lies in clear anywhere but in the two files that say so. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { AirworthyError, ask, createClient } from '../../sdk/index.ts'
import { filesWith } from '../testing/canaries.ts'
import { engineOf, type ServerProcess, startServer } from '../testing/child.ts'
import { echoApplication } from '../testing/echo-application.ts'
import { tablesAsText } from '../testing/postgres.ts'

const data = mkdtempSync(join(tmpdir(), 'airworthy-secrets-'))
let server: ServerProcess | undefined
afterAll(async () => {
  await server?.kill('SIGKILL')
  rmSync(data, { recursive: true, force: true })
})

/** Long and without meaning, so that no file holds one by chance. */
const CREDENTIAL = 'sk-provider-5f1d0c7e9a2b4d6f8e0a1c3b5d7f9e2a'
const ENVIRONMENT_KEY = 'sk-environment-8c6a4e2d0f1b3957ace02468bdf13579'

/** What is kept on purpose, to see that the search finds what is there. */
const SAID = 'a parcel with a number that nothing else has'

test('no file but owner-token and master.key holds a secret, nor does any line, trace or problem', async () => {
  server = await startServer({ AIRWORTHY_DATA: data, OPENAI_API_KEY: ENVIRONMENT_KEY })
  const token = readFileSync(join(data, 'owner-token'), 'utf8').trim()
  const masterKey = readFileSync(join(data, 'master.key'), 'utf8').trim()
  const options = { baseUrl: server.url, token }
  const client = createClient(options)
  const answers: string[] = []
  const heard = async <Answer>(asked: Promise<Answer>): Promise<Answer> => {
    const answer = await asked
    answers.push(JSON.stringify(answer))
    return answer
  }

  // Every kind of secret is made and used.
  await heard(
    client.putProvider({
      params: { name: 'box' },
      body: { dialect: 'openai', baseUrl: 'http://127.0.0.1:9/v1', credential: CREDENTIAL },
    }),
  )
  const key = await client.createKey({ body: { name: 'ci', role: 'builder' } }, { idempotencyKey: 'made-once' })
  const link = await client.createSignInLink({ body: {} })
  const signedIn = await fetch(link.url, { redirect: 'manual' })
  const session = /airworthy_session=([^;]+)/.exec(signedIn.headers.get('set-cookie') ?? '')?.[1] ?? ''
  expect(session).not.toBe('')
  await heard(client.createApplication({ body: { name: 'parcels', files: echoApplication('first') } }))
  await heard(client.freezeRelease({ params: { name: 'parcels' }, body: {} }))
  const { trace } = await ask(
    { ...options, token: key.secret },
    { model: 'parcels', messages: [{ role: 'user', content: SAID }] },
  )
  const printedLink = /sign-in\?token=(\S+)/.exec(server.said())?.[1] ?? ''
  const madeLink = new URL(link.url).searchParams.get('token') ?? ''
  const secrets = { token, masterKey, CREDENTIAL, ENVIRONMENT_KEY, key: key.secret, session, printedLink, madeLink }
  for (const [name, secret] of Object.entries(secrets)) expect(secret.length, name).toBeGreaterThan(20)

  // What is told about them, and about requests that they fail in.
  await heard(client.listProviders())
  await heard(client.listKeys())
  await heard(client.listAudit({ query: { limit: 1000 } }))
  await heard(client.testProvider({ params: { name: 'box' } }))
  const problem = async (asked: Promise<unknown>) => {
    const thrown = await asked.catch((error: unknown) => error)
    expect(thrown).toBeInstanceOf(AirworthyError)
    const { message, code, problems, facts } = thrown as AirworthyError
    answers.push(JSON.stringify({ message, code, problems, facts }))
  }
  const question = [{ role: 'user' as const, content: 'hello' }]
  await problem(ask(options, { model: 'box/any', messages: question }))
  await problem(ask({ ...options, token: `${key.secret}x` }, { model: 'parcels', messages: question }))
  await problem(
    client.putProvider({
      params: { name: 'box' },
      body: { dialect: 'openai', baseUrl: 'ftp://x', credential: CREDENTIAL },
    }),
  )
  await problem(client.createKey({ body: { name: key.secret, role: 'nobody' as never } }))
  await expect
    .poll(
      () =>
        heard(client.getTrace({ params: { id: trace } })).then(
          () => true,
          () => false,
        ),
      { timeout: 10_000 },
    )
    .toBe(true)

  // While it runs and after it has stopped in order.
  const { AIRWORTHY_DATABASE_URL: database } = await engineOf(data)
  const found = async (looked: Readonly<Record<string, string>>) => {
    // On PostgreSQL what is kept is not in the folder; a copy of all tables is looked through beside it.
    if (database) writeFileSync(join(data, 'tables.xml'), await tablesAsText(database))
    return filesWith(data, looked)
  }
  const allowed = ['master.key: masterKey', 'owner-token: token']
  expect(await found({ said: SAID })).not.toEqual([])
  expect(await found(secrets)).toEqual(allowed)
  await server.kill('SIGTERM')
  expect(await found(secrets)).toEqual(allowed)
  for (const name of ['owner-token', 'master.key']) expect(statSync(join(data, name)).mode & 0o777).toBe(0o600)
  expect(statSync(data).mode & 0o077).toBe(0)

  // The owner token and the sign-in link are printed once, on purpose; nothing else ever.
  const { token: owner, printedLink: printed, ...others } = secrets
  const lines = server.said()
  expect(lines.split(owner)).toHaveLength(2)
  expect(lines.split(printed)).toHaveLength(2)
  for (const [name, secret] of Object.entries(others))
    expect(lines.includes(secret), `${name} in what was printed`).toBe(false)
  for (const [name, secret] of Object.entries(secrets))
    expect(
      answers.filter((text) => text.includes(secret)),
      `${name} in answers`,
    ).toEqual([])
}, 120_000)
