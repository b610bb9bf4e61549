/// <reference types="vite/client" />
/** The languages that there are: each file beside `packs/words/en.json` is one, and is fetched by who asks for it alone. */
import { speak, type Words } from './say.ts'

const FILES = import.meta.glob<Words>(['../../../packs/words/*.json', '!../../../packs/words/en.json'], {
  import: 'default',
})

/** The first language that the browser asks for and that is here; English is spoken where none is. */
export async function startWords(wanted: readonly string[] = navigator.languages): Promise<void> {
  const languages = wanted.map((one) => one.slice(0, 2).toLowerCase())
  const chosen = languages.find((one) => one === 'en' || FILES[fileOf(one)] !== undefined)
  const load = chosen === undefined ? undefined : FILES[fileOf(chosen)]
  if (!load) return
  const words = await load().catch(() => undefined)
  if (!words) return
  speak(words)
  document.documentElement.lang = words.language
}

const fileOf = (language: string): string => `../../../packs/words/${language}.json`
