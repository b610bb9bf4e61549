/** A house that is stopped and started again on what it left: the same engine, the same folder, another port. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient } from '../../sdk/index.ts'
import { startAirworthy } from '../airworthy.ts'
import { readConfig } from '../config.ts'
import { ROOT } from './airworthy.ts'
import { migratedEngine } from './migrated-engine.ts'

export type Restartable = {
  readonly url: string
  readonly ownerToken: string
  /** As the owner; of the house as it runs now. */
  readonly client: Client
  stop(): Promise<void>
  start(): Promise<void>
  close(): Promise<void>
}

/** Call `close` at the end. */
export async function restartableAirworthy(): Promise<Restartable> {
  const [data, engine] = [mkdtempSync(join(tmpdir(), 'airworthy-restart-')), await migratedEngine()]
  const open = () =>
    startAirworthy({
      config: readConfig({ AIRWORTHY_DATA: data, AIRWORTHY_PORT: '0', AIRWORTHY_EXAMPLE: '0' }),
      ...{ root: ROOT, print: () => {}, store: { engine, queueSchema: engine.queueSchema }, pages: false },
    })
  let house = await open()
  let isOpen = true
  const stop = async () => {
    if (isOpen) await house.close()
    isOpen = false
  }
  return {
    get url() {
      return house.url
    },
    get ownerToken() {
      return house.ownerToken
    },
    get client() {
      return createClient({ baseUrl: house.url, token: house.ownerToken })
    },
    stop,
    async start() {
      house = await open()
      isOpen = true
    },
    async close() {
      await stop()
      await engine.close()
      rmSync(data, { recursive: true, force: true })
    },
  }
}
