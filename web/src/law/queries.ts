/** What the pages of law ask. Below the application, so that a change of its blueprint asks again. */
import { queryOptions } from '@tanstack/react-query'
import type { Client } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'

export type LawView = Awaited<ReturnType<Client['getLaw']>>
export type LawReading = LawView['laws'][number]
export type Obligation = LawReading['obligations'][number]

export type DataInForce = Awaited<ReturnType<Client['getDataGovernance']>>
export type Coverage = Awaited<ReturnType<Client['getControlCoverage']>>['frameworks'][number]
export type CardKind = Parameters<Client['getReleaseCard']>[0]['params']['card']
export type Card = Awaited<ReturnType<Client['getReleaseCard']>>
export type Policy = Awaited<ReturnType<Client['listPolicies']>>['items'][number]

export const dataGovernance = (name: string) =>
  queryOptions({
    queryKey: ['application', name, 'data'],
    queryFn: () => client.getDataGovernance({ params: { name } }),
  })

export const coverage = (name: string) =>
  queryOptions({
    queryKey: ['application', name, 'coverage'],
    queryFn: () => client.getControlCoverage({ params: { name } }),
  })

export const card = (id: string, kind: CardKind) =>
  queryOptions({
    queryKey: ['release', id, 'card', kind],
    queryFn: () => client.getReleaseCard({ params: { id: id as Card['release'], card: kind } }),
  })

export const policies = queryOptions({ queryKey: ['policy', 'list'], queryFn: () => client.listPolicies() })
export const standards = queryOptions({ queryKey: ['policy', 'standards'], queryFn: () => client.getStandards() })

export const law = (name: string) =>
  queryOptions({ queryKey: ['application', name, 'law'], queryFn: () => client.getLaw({ params: { name } }) })
