import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { systemClock } from '../kernel/time.ts'
import { createRecorder, type RecorderOptions } from './index.ts'
import { example } from './settled.example.ts'
import type { Settled } from './settled.ts'

const newFolder = () => mkdtemp(join(tmpdir(), 'airworthy-recorder-'))

/** A recorder over a list instead of a database. */
async function open({
  folder,
  options = {},
  insert,
}: {
  folder?: string
  options?: RecorderOptions
  insert?: (lines: readonly string[]) => Promise<void>
} = {}) {
  const place = folder ?? (await newFolder())
  const rows = new Map<string, Settled>()
  const recorder = await createRecorder({
    folder: place,
    clock: systemClock,
    insert:
      insert ??
      (async (lines) => {
        for (const event of lines.map((line) => JSON.parse(line) as Settled)) rows.set(event.traceId, event)
      }),
    onIngested: () => {},
    options: { ingestMs: 20, retryMs: 20, ...options },
  })
  return { recorder, rows, folder: place }
}
const filesIn = async (folder: string) => (await readdir(folder)).filter((name) => name.endsWith('.jsonl'))

/** A process that settles requests until it is killed, and prints those that are written. */
const crashing = `
  const at = (file) => import(new URL(file, ${JSON.stringify(import.meta.url)}))
  const { createRecorder } = await at('./recorder.ts')
  const { example } = await at('./settled.example.ts')
  const { sleep, systemClock } = await at('../kernel/time.ts')
  const insert = () => new Promise(() => {})
  const recorder = await createRecorder({ folder: process.argv[1], clock: systemClock, insert, onIngested() {} })
  for (;;) {
    const event = example()
    recorder.settle(event)
    if (recorder.status().queued === 0) process.stdout.write(event.traceId + '\\n')
    if (Math.random() < 0.1) await sleep(2)
  }`

test('events reach the database within the time said, in order, and their files are removed', async () => {
  const { recorder, rows, folder } = await open()
  recorder.start()
  const events = Array.from({ length: 2500 }, () => example())
  for (const event of events) recorder.settle(event)
  expect(recorder.recent(events[0]?.traceId ?? '')).toMatchObject({ application: 'helpdesk' })
  await recorder.drain()
  expect([...rows.keys()]).toEqual(events.map((event) => event.traceId))
  expect(await filesIn(folder)).toEqual([])
  expect(recorder.status()).toMatchObject({ state: 'ok', queued: 0, spooled: 0, ingested: 2500, dropped: 0 })
  expect(recorder.recent(events[0]?.traceId ?? '')).toBeUndefined()
  recorder.settle(example())
  await expect.poll(() => rows.size).toBe(2501)
  await recorder.close()
})

test('listeners are told at once, and one that throws harms nobody', async () => {
  const { recorder } = await open()
  const told: string[] = []
  recorder.onSettled(() => {
    throw new Error('no')
  })
  const stop = recorder.onSettled((event) => told.push(event.traceId))
  const event = example()
  recorder.settle(event)
  stop()
  recorder.settle(example())
  expect(told).toEqual([event.traceId])
  expect(recorder.status().lastError).toContain('a listener failed')
  await recorder.close()
})

test('what a killed process had finished is in the spool, and the next start takes it in and tells of it', async () => {
  const folder = await newFolder()
  const child = spawn(process.execPath, ['--input-type=module', '-e', crashing, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const settled: string[] = []
  for await (const chunk of child.stdout) {
    settled.push(...String(chunk).trim().split('\n'))
    if (settled.length >= 20) break
  }
  child.kill('SIGKILL')
  await new Promise((done) => child.once('close', done))
  const [torn] = await filesIn(folder)
  await writeFile(join(folder, torn ?? ''), `${await readFile(join(folder, torn ?? ''), 'utf8')}{"traceId":"cut of`)

  const { recorder, rows } = await open({ folder })
  const told: string[] = []
  recorder.onSettled((event) => told.push(event.traceId))
  recorder.start()
  await recorder.drain()
  expect([...rows.keys()]).toEqual(expect.arrayContaining(settled))
  expect(told).toEqual([...rows.keys()])
  expect(recorder.status()).toMatchObject({ state: 'ok', rejected: 0 })
  expect(await filesIn(folder)).toEqual([])
  await recorder.close()
})

test('a spool that cannot be written is said and counted, and nothing is lost when it can be again', async () => {
  const { recorder, rows, folder } = await open()
  recorder.start()
  await rm(folder, { recursive: true })
  await writeFile(folder, 'a file where the folder was')
  recorder.settle(example())
  await expect.poll(() => recorder.status().writeErrors).toBeGreaterThan(1)
  expect(recorder.status()).toMatchObject({ state: 'degraded', queued: 1, dropped: 0 })
  expect(recorder.status().lastError).toMatch(/the spool cannot be written/)
  await expect(recorder.drain()).rejects.toThrow(/Free some disk space/)
  await rm(folder)
  await mkdir(folder)
  await expect.poll(() => rows.size).toBe(1)
  expect(recorder.status()).toMatchObject({ state: 'ok', queued: 0 })
  await recorder.close()
})

test('a full disk is said, requests go on, and what does not fit the queue is counted', async () => {
  const { recorder, folder } = await open({ options: { queueLimit: 10, retryMs: 10_000 } })
  await rm(folder, { recursive: true })
  for (let n = 0; n < 15; n += 1) recorder.settle(example())
  await expect.poll(() => recorder.status()).toMatchObject({ state: 'degraded', queued: 10, dropped: 5 })
  await mkdir(folder)
  await recorder.close()
  expect((await readFile(join(folder, (await filesIn(folder))[0] ?? ''), 'utf8')).trim().split('\n')).toHaveLength(10)
})

test('a database that is away is waited for; a line that it cannot take is put aside', async () => {
  let isAway = true
  const taken: string[] = []
  const { recorder, folder } = await open({
    insert: async (lines) => {
      if (isAway) throw new Error('connection refused')
      if (lines.some((line) => line.includes('poison'))) throw Object.assign(new Error('bad data'), { code: '22P05' })
      taken.push(...lines)
    },
  })
  recorder.start()
  for (const output of ['one', 'poison', 'two']) recorder.settle(example({ output }))
  await expect.poll(() => recorder.status().ingestErrors).toBeGreaterThan(1)
  expect(recorder.status()).toMatchObject({ state: 'degraded', spooled: 3 })
  isAway = false
  await expect.poll(() => taken.length).toBe(2)
  await expect.poll(() => recorder.status()).toMatchObject({ state: 'ok', rejected: 1, spooled: 0 })
  expect(await readdir(join(folder, 'rejected'))).toHaveLength(1)
  await recorder.close()
})

test('what is settled is in the spool when `settle` returns', async () => {
  const { recorder, folder } = await open()
  const events = Array.from({ length: 50 }, () => example())
  for (const [index, event] of events.entries()) {
    recorder.settle(event)
    const [file = ''] = await filesIn(folder)
    const lines = (await readFile(join(folder, file), 'utf8')).trim().split('\n')
    expect(lines).toHaveLength(index + 1)
    expect(JSON.parse(lines[index] ?? '')).toMatchObject({ traceId: event.traceId })
  }
  expect(recorder.status()).toMatchObject({ queued: 0, spooled: 50 })
  await recorder.close()
})

test('a large request goes into its event on the way to the database, and a file that was cut off keeps what is whole', async () => {
  const body = (text: string) =>
    Buffer.from(JSON.stringify({ messages: [{ role: 'user', content: `${text}\u0000\n#` }] }, null, 1))
  const { recorder, folder } = await open()
  // The second is more than is written in one piece.
  const events = ['first', 'second '.repeat(20_000), 'third'].map((output) => ({ ...example({ output }), input: [] }))
  for (const event of events) recorder.settle(event, { call: 'chat', body: body(event.output) })
  const plain = example()
  recorder.settle(plain)
  await recorder.close()
  const [name = ''] = await filesIn(folder)
  const bytes = await readFile(join(folder, name))
  await writeFile(join(folder, '99999999999999-000001.jsonl'), bytes.subarray(0, bytes.indexOf('third')))

  const again = await open({ folder })
  again.recorder.start()
  await again.recorder.drain()
  expect(again.rows.size).toBe(4)
  for (const { traceId, output } of events)
    expect(again.rows.get(traceId)?.input).toEqual([{ role: 'user', content: `${output}\uFFFD\n#` }])
  expect(again.rows.get(plain.traceId)?.input).toEqual(plain.input)
  expect(again.recorder.status()).toMatchObject({ ingested: 6, rejected: 0 })
  await again.recorder.close()
})
