/** Measures a release: runs one of its suites and waits until it has succeeded. */
import { expect } from 'vitest'
import type { Client } from '../../sdk/index.ts'

const LONGEST_MS = 30_000

/** The figures of the first arm. */
export async function runSuite(client: Client, release: string, suite: string) {
  const { body } = await client.createExperiment({ params: { id: release }, body: { suite } })
  const id = 'id' in body ? body.id : ''
  const look = () => client.getExperiment({ params: { id } })
  await expect.poll(async () => (await look()).state, { timeout: LONGEST_MS, interval: 20 }).toBe('succeeded')
  return (await look()).arms[0]
}
