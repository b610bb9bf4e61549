/** What the page of test pages asks. */
import { queryOptions } from '@tanstack/react-query'
import type { Client } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'

export type TestPage = Awaited<ReturnType<Client['listTestPages']>>['items'][number]

export const testPages = (name: string) =>
  queryOptions({ queryKey: ['test-page', name], queryFn: () => client.listTestPages({ params: { name } }) })
