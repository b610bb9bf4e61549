/** Rows of a few words, and datasets of them, for tests. */
import type { TestAirworthy } from '../../testing/airworthy.ts'

export const jsonl = (rows: readonly unknown[]) => Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n'))

export const row = (id: string, more: Record<string, unknown> = {}) => ({
  id,
  input: `question ${id}`,
  expected: `answer ${id}`,
  ...more,
})

export const refusal = async (asked: Promise<unknown>) => {
  const thrown = await asked.then(
    () => undefined,
    (reason: unknown) => reason as { status?: number; code?: string },
  )
  return { status: thrown?.status, code: thrown?.code }
}

/** Somebody who builds and somebody who looks, with what they do most. */
export async function datasetsOf(airworthy: TestAirworthy) {
  const builder = await airworthy.person('Ada', 'builder')
  const viewer = await airworthy.person('Vera', 'viewer')

  async function imported(name: string, rows: readonly unknown[] | Buffer, query: Record<string, unknown> = {}) {
    const body = Buffer.isBuffer(rows) ? rows : jsonl(rows)
    const answer = await builder.importRows({
      params: { dataset: name },
      query: { reason: 'first rows', file: 'rows.jsonl', ...query },
      body: Uint8Array.from(body),
    })
    return answer.body
  }

  async function made(name: string, rows: readonly unknown[] = []) {
    await builder.createDataset({ body: { name } })
    if (rows.length > 0) await imported(name, rows)
    return { dataset: name }
  }

  return { builder, viewer, made, imported }
}
