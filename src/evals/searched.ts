/** What figures of search need of an index; `airworthy.ts` gives it, because evals knows no knowledge. */
export type SearchedText = { readonly id: string; readonly title: string; readonly text: string }
export type SearchSettings = { readonly analyser: 'plain' | 'english'; readonly k1: number; readonly b: number }
export type SearchIndex = {
  /** Different terms, and all of them. */
  readonly terms: number
  readonly tokens: number
  /** The ids of the `depth` best, best first. */
  search(query: string, depth: number): readonly { readonly id: string }[]
}

export type IndexOver = (texts: readonly SearchedText[], settings: SearchSettings) => Promise<SearchIndex>
