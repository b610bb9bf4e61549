/** What the pages of prompts ask for. */
import { queryOptions } from '@tanstack/react-query'
import type { Client } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'

export type PromptLabel = Awaited<ReturnType<Client['listPrompts']>>['items'][number]['labels'][number]
export type LintFinding = Awaited<ReturnType<Client['lintPrompts']>>['items'][number]
export type PromptVersion = Awaited<ReturnType<Client['listPromptVersions']>>['items'][number]
export type Rendered = Awaited<ReturnType<Client['comparePromptVersions']>>['before']
export type Piece = Awaited<ReturnType<Client['comparePromptVersions']>>['written'][number]

export const prompts = (name: string) =>
  queryOptions({ queryKey: ['release', 'prompts', name], queryFn: () => client.listPrompts({ params: { name } }) })

export const promptVersions = (name: string, prompt: string) =>
  queryOptions({
    queryKey: ['release', 'prompts', name, prompt],
    queryFn: async () => {
      // A prompt that was never frozen has no version yet, and that is no trouble.
      const { items } = await client.listPrompts({ params: { name } })
      if (!items.some((one) => one.name === prompt)) return { versions: [], uses: [] }
      const [versions, uses] = await Promise.all([
        client.listPromptVersions({ params: { name, prompt } }),
        client.listPromptUses({ params: { name, prompt } }),
      ])
      return { versions: versions.items, uses: uses.items }
    },
  })

export const promptFindings = (name: string) =>
  queryOptions({
    queryKey: ['application', name, 'prompt-findings'],
    queryFn: () => client.lintPrompts({ params: { name }, body: {} }),
  })

export type Tuning = Awaited<ReturnType<Client['getTuning']>>
export type TunedVariant = NonNullable<Tuning['result']>['variants'][number]

export const tunings = (name: string) =>
  queryOptions({
    queryKey: ['application', name, 'tunings'],
    queryFn: () => client.listTunings({ params: { name } }),
  })

export const tuning = (id: string) =>
  queryOptions({
    queryKey: ['tuning', id],
    queryFn: () => client.getTuning({ params: { id } }),
    refetchInterval: ({ state }) => (state.data && ['queued', 'running'].includes(state.data.state) ? 1500 : false),
  })

export const comparison = (ask: { name: string; prompt: string; from: number; to: number; values: object }) =>
  queryOptions({
    queryKey: ['release', 'prompt-comparison', ask],
    queryFn: () =>
      client.comparePromptVersions({
        params: { name: ask.name, prompt: ask.prompt },
        body: { from: ask.from, to: ask.to, values: { ...ask.values } },
      }),
  })

export const rendering = (ask: { name: string; text: string; values: object }) =>
  queryOptions({
    queryKey: ['application', ask.name, 'prompt-rendering', ask],
    queryFn: () =>
      client.renderPrompt({ params: { name: ask.name }, body: { text: ask.text, values: { ...ask.values } } }),
    placeholderData: (before) => before,
    retry: false,
  })
