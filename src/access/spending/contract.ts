/** Routes of limits. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { route } from '../../wire/route.ts'
import { LimitScope } from '../cap.ts'
import { Limits, LimitsStatus, ScopeLimits } from '../limits.ts'

export const getLimits = route({
  name: 'getLimits',
  method: 'GET',
  path: '/api/v1/applications/:name/limits',
  summary: 'Limits of an application and how far they are used',
  permission: 'view',
  mcp: true,
  params: z.object({ name: Name }),
  returns: { 200: LimitsStatus },
})

export const setLimits = route({
  name: 'setLimits',
  method: 'PUT',
  path: '/api/v1/applications/:name/limits',
  summary: 'Set how many requests and tokens, how many at once and how much money an application may use',
  permission: 'operate',
  params: z.object({ name: Name }),
  body: Limits.partial().strict(),
  returns: { 200: LimitsStatus },
})

export const listLimits = route({
  name: 'listLimits',
  method: 'GET',
  path: '/api/v1/limits',
  summary: 'Every limit and how far it is used: of the organisation, teams, keys, applications, releases and models',
  permission: 'view',
  mcp: true,
  query: z.object({ scope: LimitScope.optional() }),
  returns: { 200: z.object({ items: z.array(ScopeLimits) }) },
})

/** A model is named provider/model, with its slash encoded. */
const WhoseLimits = z.object({ scope: LimitScope, name: z.string().min(1).max(200) })

export const getScopeLimits = route({
  name: 'getScopeLimits',
  method: 'GET',
  path: '/api/v1/limits/:scope/:name',
  summary: 'Limits of a key, team, release, model, application or the organisation, and how far they are used',
  permission: 'view',
  params: WhoseLimits,
  returns: { 200: ScopeLimits },
})

export const setScopeLimits = route({
  name: 'setScopeLimits',
  method: 'PUT',
  path: '/api/v1/limits/:scope/:name',
  summary: 'Set limits of a key, team, release, model, application or the organisation; null takes one away',
  permission: 'operate',
  params: WhoseLimits,
  body: Limits.partial().strict(),
  returns: { 200: ScopeLimits },
})
