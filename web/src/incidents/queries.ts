/** What the pages of incidents ask, and the words for what they show. */
import { queryOptions } from '@tanstack/react-query'
import type { Client } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { say } from '../words/say.ts'

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
  ['none-known', say('incident-kinds.nobody-as-far-as-known')],
  ['wrong-answer', say('incident-kinds.a-wrong-answer-was-used')],
  ['offensive-answer', say('incident-kinds.an-answer-hurt-or-offended')],
  ['personal-data', say('incident-kinds.personal-data-got-out-or-was')],
  ['security', say('incident-kinds.somebody-broke-in-or-misused-it')],
  ['money', say('incident-kinds.it-cost-money')],
  ['outage', say('incident-kinds.it-was-down')],
  ['fundamental-rights', say('incident-kinds.rights-of-people-such-as-equal')],
  ['property-environment', say('incident-kinds.property-or-the-environment-gravely')],
  ['serious-health', say('incident-kinds.health-of-a-person-gravely')],
  ['critical-infrastructure', say('incident-kinds.critical-infrastructure-was-disrupted')],
  ['widespread', say('incident-kinds.many-people-in-several-countries')],
  ['death', say('incident-kinds.a-person-died')],
]

export const CLOCK_WORDS: Readonly<Record<Clock['state'], string>> = {
  waiting: say('incident-kinds.waiting'),
  running: say('incident-kinds.running'),
  overdue: say('incident-kinds.overdue'),
  reported: say('incident-kinds.reported-in-time'),
  late: say('incident-kinds.reported-late'),
  'not-due': say('incident-kinds.not-due'),
}
