/// <reference types="vite/client" />
/** The languages that there are: each file beside `packs/words/en.json` is one, and is fetched by who reads it alone. */
import { client } from '../data/client.ts'
import { speak, spokenLanguage, type Words } from './say.ts'

const FILES = import.meta.glob<Words>(['../../../packs/words/*.json', '!../../../packs/words/en.json'], {
  import: 'default',
})

/** The server says which language, because it knows what a person chose; English is spoken where it does not answer. */
export async function startWords(): Promise<void> {
  const spoken = await client.getLanguage().catch(() => undefined)
  const load = spoken && FILES[`../../../packs/words/${spoken.language}.json`]
  const words = await load?.().catch(() => undefined)
  if (!words) return
  speak(words)
  document.documentElement.lang = words.language
}

/** Begins the page anew where whoever signed in speaks another language than it was said in; pages keep what they said. */
export async function speakAnew(): Promise<void> {
  const spoken = await client.getLanguage().catch(() => undefined)
  if (spoken && spoken.language !== spokenLanguage()) window.location.reload()
}
