/** What the pages of incidents ask, and the words for what they show. */
import { queryOptions } from '@tanstack/react-query'
import type { Client } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'

export type Served = Awaited<ReturnType<Client['getIncident']>>
export type Incident = Served['incident']
export type Clock = Served['clocks'][number]
export type Listed = Awaited<ReturnType<Client['listIncidents']>>['items'][number]

export const incidents = (application?: string) =>
  queryOptions({
    queryKey: ['incident', 'list', application],
    queryFn: () => client.listIncidents({ query: application === undefined ? {} : { application } }),
  })

export const incident = (id: string) =>
  queryOptions({
    queryKey: ['incident', id],
    queryFn: () => client.getIncident({ params: { id: id as Incident['id'] } }),
  })

export const HARMS: readonly (readonly [Incident['harms'][number], string])[] = [
  ['none-known', 'Nobody, as far as known'],
  ['wrong-answer', 'A wrong answer was used'],
  ['offensive-answer', 'An answer hurt or offended'],
  ['personal-data', 'Personal data got out or was lost'],
  ['security', 'Somebody broke in or misused it'],
  ['money', 'It cost money'],
  ['outage', 'It was down'],
  ['fundamental-rights', 'Rights of people, such as equal treatment'],
  ['property-environment', 'Property or the environment, gravely'],
  ['serious-health', 'Health of a person, gravely'],
  ['critical-infrastructure', 'Critical infrastructure was disrupted'],
  ['widespread', 'Many people in several countries'],
  ['death', 'A person died'],
]

export const CLOCK_WORDS: Readonly<Record<Clock['state'], string>> = {
  running: 'runs',
  overdue: 'overdue',
  reported: 'reported in time',
  late: 'reported late',
  'not-due': 'not due',
}
