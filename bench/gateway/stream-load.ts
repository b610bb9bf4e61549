/** So many streams at once for so long; one that ends is followed by the next. */
import { Pool } from 'undici'
import { body, type Target } from './load.ts'

export type StreamFigures = {
  /** Milliseconds from the request to the first piece that means something, of each stream. */
  readonly firstMs: readonly number[]
  readonly chunks: number
  readonly ended: number
  /** Streams in which nothing came for `STALL_MS`. */
  readonly stalled: number
  readonly failed: number
}

const STALL_MS = 5_000
const COMING_MS = 2_000

export async function holdStreams(
  { origin, headers }: Target,
  { streams, seconds, onSecond }: { streams: number; seconds: number; onSecond?: () => Promise<void> },
): Promise<StreamFigures> {
  const pool = new Pool(origin, { connections: streams, pipelining: 1, keepAliveTimeout: 60_000 })
  const bytes = Buffer.from(body('bench/model').toString().replace('{', '{"stream":true,'))
  const firstMs: number[] = []
  const counts = { chunks: 0, ended: 0, stalled: 0, failed: 0 }
  const endMs = performance.now() + seconds * 1000
  const heard = new Map<number, number>()

  async function hold(index: number): Promise<void> {
    // Clients do not come all at once.
    await new Promise((begin) => setTimeout(begin, (index / streams) * Math.min(COMING_MS, (seconds * 1000) / 2)))
    while (performance.now() < endMs)
      await one(index).catch(() => {
        counts.failed += 1
      })
    heard.delete(index)
  }

  async function one(index: number): Promise<void> {
    const begun = performance.now()
    heard.set(index, begun)
    const { statusCode, body: answer } = await pool.request({
      path: '/v1/chat/completions',
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: bytes,
    })
    let isFirst = true
    let tail = ''
    for await (const chunk of answer) {
      const text = (chunk as Buffer).toString('latin1')
      heard.set(index, performance.now())
      if (isFirst && text.includes(' word')) {
        isFirst = false
        firstMs.push(performance.now() - begun)
      }
      counts.chunks += 1
      tail = text
    }
    if (statusCode !== 200 || !tail.includes('[DONE]')) counts.failed += 1
    counts.ended += 1
  }

  const watch = setInterval(() => {
    const now = performance.now()
    for (const [index, at] of heard)
      if (now - at > STALL_MS) {
        counts.stalled += 1
        heard.set(index, now)
      }
    void onSecond?.()
  }, 1000)
  await Promise.all(Array.from({ length: streams }, (_, index) => hold(index)))
  clearInterval(watch)
  await pool.close()
  return { firstMs, ...counts }
}
