import { expect, test } from 'vitest'
import { createWarmUp } from './warm-up.ts'

const PAGES: Readonly<Record<string, string | null>> = { '': 'app-2', 'app-2': 'app-4', 'app-4': null }

test('looks at every page of applications, then at all of them together, and says what failed', async () => {
  const asked: string[] = []
  const said = await new Promise((report) => {
    createWarmUp({
      afterMs: 0,
      report,
      list: async ({ cursor = '' }) => {
        asked.push(cursor)
        return { next: PAGES[cursor] ?? null }
      },
      look: async () => {
        asked.push('all')
        throw new Error('The engine is away.')
      },
    }).start()
  })
  expect(asked).toEqual(['', 'app-2', 'app-4', 'all'])
  expect(said).toEqual(new Error('The engine is away.'))
})

test('ends with the server, after the page that it is at, and calls that no failure', async () => {
  const asked: string[] = []
  await new Promise<void>((resolve) => {
    const warmUp = createWarmUp({
      afterMs: 0,
      report: () => asked.push('reported'),
      list: async ({ cursor = '' }) => {
        asked.push(cursor)
        warmUp.stop()
        setImmediate(() => setImmediate(resolve))
        return { next: PAGES[cursor] ?? null }
      },
      look: async () => void asked.push('all'),
    })
    warmUp.start()
  })
  expect(asked).toEqual([''])
})
