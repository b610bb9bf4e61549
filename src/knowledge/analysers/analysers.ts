/** Analysers turn text into terms. The version is part of an index's digest: better stemming is another index. */
import { englishTerms } from './english.ts'
import { plainTerms } from './plain.ts'

export type Analyser = { readonly version: number; readonly termsOf: (text: string) => string[] }

export const ANALYSERS = {
  plain: { version: 1, termsOf: plainTerms },
  english: { version: 1, termsOf: englishTerms },
} as const satisfies Record<string, Analyser>

export type AnalyserName = keyof typeof ANALYSERS

export const isAnalyserName = (name: string): name is AnalyserName => Object.hasOwn(ANALYSERS, name)
