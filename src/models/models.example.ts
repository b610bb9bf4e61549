/** Models over an embedded database, with recordings, for the tests of this folder. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ActorId } from '../core/actor.ts'
import type { Turn } from '../core/conversation.ts'
import { secureBytes } from '../kernel/random.ts'
import { Secret } from '../kernel/secret.ts'
import { stoppedClock } from '../kernel/time.ts'
import { openDatabase } from '../store/database.ts'
import { migrate } from '../store/migrate.ts'
import { freshEngine } from '../testing/engine.ts'
import type { Caller } from '../wire/caller.ts'
import { createServer } from '../wire/server.ts'
import { createModels, joinPriceBooks, type ModelsDeps, modelsHttp, modelsMigrations } from './index.ts'

const pack = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../packs/prices/${name}.json`, import.meta.url), 'utf8'))
const priceBook = joinPriceBooks([pack('core'), pack('genai-prices')])
export const mtrag = new URL('../../data/rag-mtrag-human/', import.meta.url).pathname

/** An engine of their own for one file of tests, as a worker shares its modules between files. */
export async function givenModels() {
  const engine = await freshEngine()
  const db = openDatabase(engine)
  await migrate(db, [modelsMigrations], stoppedClock())
  const folder = mkdtempSync(join(tmpdir(), 'airworthy-models-'))
  writeFileSync(
    join(folder, 'own.jsonl'),
    `${JSON.stringify({ conversation: [{ role: 'user', content: 'Hi' }], answer: 'Hello there.', model: 'toy' })}\n`,
  )

  let organisations = 0
  /** Models of an organisation of its own, with their routes mounted, and what was audited. */
  async function openModels(more: Partial<ModelsDeps> = {}) {
    const audit: { action: string; subject: string }[] = []
    const organisation = more.organisation ?? `org-${++organisations}`
    const deps: ModelsDeps = {
      db,
      clock: stoppedClock('2026-11-21T00:00:00.000Z'),
      organisation,
      masterKey: new Secret('the master key'),
      random: secureBytes,
      credential: () => undefined,
      takenBy: async (_, name) => (name === 'shop' ? 'the application shop' : undefined),
      record: async (_, entry) => void audit.push(entry),
      systemActor: 'act_0' as ActorId,
      publish: () => {},
      priceBook,
      recordings: [
        {
          name: 'mtrag-gpt-4o',
          file: join(mtrag, 'evaluations.jsonl.gz'),
          format: 'mtrag',
          recordedModel: 'gpt-4o',
          pricedAs: 'openai/gpt-4o',
        },
        { name: 'own', file: join(folder, 'own.jsonl'), format: 'conversations' },
        { name: 'lost', file: join(folder, 'lost.jsonl'), format: 'conversations' },
      ],
      ...more,
    }
    const models = await createModels(deps)
    opened.push(models)
    const caller = {
      actor: 'act_1' as ActorId,
      application: null,
      permissions: new Set(['view', 'administer', 'operate']),
    } as unknown as Caller
    const app = createServer(modelsHttp(models), {
      callerOf: async () => caller,
      report: (thrown) => {
        throw thrown
      },
    })
    const call = async (method: string, path: string, body?: unknown) => {
      const response = await app.request(path, { method, ...(body ? { body: JSON.stringify(body) } : {}) })
      const said = await response.text()
      return { status: response.status, body: said === '' ? null : JSON.parse(said) }
    }
    return { models, call, audit, organisation }
  }
  const opened: { close(): Promise<void> }[] = []
  async function closeModels(): Promise<void> {
    for (const models of opened) await models.close()
    await db.destroy()
  }
  return { db, openModels, closeModels }
}

export const request = (
  model: string,
  parameters: Record<string, unknown> = {},
  conversation: Turn[] = [{ role: 'user', content: 'Hi' }],
) => ({
  model,
  messages: conversation,
  parameters,
  conversation,
  signal: new AbortController().signal,
})
