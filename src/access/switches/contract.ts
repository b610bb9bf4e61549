/** The routes of switches. */
import { z } from 'zod'
import { route } from '../../wire/route.ts'
import { Switch, SwitchKind } from './switch.ts'

const which = z.object({ kind: SwitchKind, name: z.string().min(1).max(300) })
const Reason = z.string().trim().min(3, 'say why in at least 3 characters; whoever is refused reads it').max(500)

export const listSwitches = route({
  name: 'listSwitches',
  method: 'GET',
  path: '/api/v1/switches',
  summary: 'List what is switched off, since when, by whom and why',
  permission: 'view',
  returns: { 200: z.object({ items: z.array(Switch) }) },
})

export const switchOff = route({
  name: 'switchOff',
  method: 'PUT',
  path: '/api/v1/switches/:kind/:name',
  summary:
    'Switch an application, release, model or provider off, so that the next request is refused, or the cache of an application',
  permission: 'operate',
  params: which,
  body: z.strictObject({ reason: Reason }),
  returns: { 200: Switch },
})

export const switchOn = route({
  name: 'switchOn',
  method: 'DELETE',
  path: '/api/v1/switches/:kind/:name',
  summary: 'Switch on again what was switched off',
  permission: 'operate',
  params: which,
  query: z.object({ reason: Reason }),
  returns: { 200: Switch },
})
