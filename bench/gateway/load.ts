/** Load: as fast as so many connections can, or at a constant rate whatever comes back. */
import { Pool } from 'undici'

export type Target = { readonly origin: string; readonly headers: Record<string, string> }

/** A chat request of so many kilobytes: turns of a kilobyte with quotes and line ends, the first as long as is left. */
export const body = (model: string, kilobytes = 1): Buffer => {
  const turns = Array.from({ length: kilobytes - 1 }, () => TURN)
  const text = (first: string) =>
    JSON.stringify({
      model,
      messages: [first, ...turns].map((content, n) => ({ role: n % 2 === 0 ? 'user' : 'assistant', content })),
      max_tokens: 256,
    })
  return Buffer.from(text('q'.repeat(kilobytes * 1024 - text('').length)))
}

const TURN = 'What does the contract say of the "notice period",\nand since when? '.repeat(13)

export async function openLoad({ origin, headers }: Target, connections: number, kilobytes = 1) {
  const pool = new Pool(origin, { connections, pipelining: 1, keepAliveTimeout: 60_000 })
  const bytes = body('bench/model', kilobytes)
  const ask = async (): Promise<void> => {
    const { statusCode, body: answer } = await pool.request({
      path: '/v1/chat/completions',
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: bytes,
    })
    const text = await answer.text()
    if (statusCode !== 200) throw new Error(`${origin} answered ${statusCode}: ${text}`)
  }
  return {
    /** So many requests over all connections; requests a second. */
    async rush(requests: number): Promise<number> {
      const started = performance.now()
      let left = requests
      await Promise.all(
        Array.from({ length: connections }, async () => {
          while (left-- > 0) await ask()
        }),
      )
      return (requests * 1000) / (performance.now() - started)
    },
    /** Requests started at a constant rate; each one's milliseconds from when it was due. */
    async pace(requests: number, aSecond: number): Promise<number[]> {
      const started = performance.now()
      const waits: Promise<number>[] = []
      for (let n = 0; n < requests; n += 1) {
        const due = started + (n * 1000) / aSecond
        // A timer wakes a millisecond late at best; what is left is waited for by looking at the clock.
        for (let early = due - performance.now() - 1.5; early > 0; early = due - performance.now() - 1.5)
          await new Promise((wake) => setTimeout(wake, early))
        while (performance.now() < due) await new Promise((wake) => setImmediate(wake))
        const begun = performance.now()
        waits.push(ask().then(() => performance.now() - begun))
      }
      return Promise.all(waits)
    },
    close: () => pool.close(),
  }
}

export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))] ?? Number.NaN

export type Load = Awaited<ReturnType<typeof openLoad>>
