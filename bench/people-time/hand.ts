/**
 * A person at the pages, as a walk plays them: everything goes through mouse and keys of the browser, and each is counted.
 *
 * Invariant: nothing is done that is not counted, but for opening the first page.
 */
import type { Locator, Page } from 'playwright-core'
import { settled } from '../../tools/index.ts'
import type { Counted } from './keystroke-level.ts'

const PATIENCE_MS = 60_000
/** A page asks for more after its first drawing. */
const QUIET_MS = 300

export type Hand = ReturnType<typeof createHand>

export function createHand(page: Page) {
  page.setDefaultTimeout(PATIENCE_MS)
  const counted = {
    ...{ words: 0, screens: 0, fields: 0, choices: 0, keys: 0, points: 0, homings: 0, decisions: 0 },
  } satisfies Counted
  const read = new Set<string>()
  let isOnKeys = false

  async function point(target: Locator): Promise<void> {
    if (isOnKeys) counted.homings += 1
    isOnKeys = false
    counted.points += 1
    counted.decisions += 1
    await target.click()
  }

  function keys(text: string): void {
    if (!isOnKeys) counted.homings += 1
    isOnKeys = true
    counted.keys += [...text].reduce((sum, key) => sum + (/\p{Lu}|[?!:"()]/u.test(key) ? 2 : 1), 0)
  }

  return {
    page,
    counted: counted as Counted,

    /** Reads what is new on the screen, once it stands. */
    async look(): Promise<void> {
      await settled(page, PATIENCE_MS)
      await page.waitForTimeout(QUIET_MS)
      counted.screens += 1
      const lines = (await page.locator('main, [role=dialog]').allInnerTexts()).flatMap((text) => text.split('\n'))
      for (const line of lines.map((one) => one.trim())) {
        if (line === '' || read.has(line)) continue
        read.add(line)
        counted.words += wordsIn(line)
      }
    },

    press: point,

    /** By the browser's own button, as often as it takes. */
    async back(to: string): Promise<void> {
      while (page.url() !== to) {
        if (isOnKeys) counted.homings += 1
        isOnKeys = false
        counted.points += 1
        counted.decisions += 1
        await page.goBack()
      }
    },

    async choose(target: Locator): Promise<void> {
      counted.fields += 1
      counted.choices += 1
      await point(target)
    },

    async type(target: Locator, text: string): Promise<void> {
      counted.fields += 1
      await point(target)
      keys(text)
      await target.fill(text)
    },

    /** Reads a file and fills in what stands empty in it, one value after the other. */
    async fillIn(file: Locator, values: Readonly<Record<string, string>>): Promise<void> {
      const before = await file.inputValue()
      counted.words += wordsIn(before)
      const after = before.replace(/^( *(?:- )?)(\w+):$/gm, (line, indent: string, key: string) => {
        const value = values[key]
        if (value === undefined) return line
        counted.fields += 1
        counted.points += 1
        counted.decisions += 1
        if (isOnKeys) counted.homings += 1
        isOnKeys = false
        keys(` ${value}`)
        return `${indent}${key}: ${value}`
      })
      await file.fill(after)
    },
  }
}

const wordsIn = (text: string): number => text.match(/[\p{L}\p{N}][\p{L}\p{N}'’.@-]*/gu)?.length ?? 0
