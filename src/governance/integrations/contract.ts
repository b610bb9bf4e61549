/** The route of integrations. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { route } from '../../wire/route.ts'
import { Integrations } from './integration.ts'

export const listIntegrations = route({
  name: 'listIntegrations',
  method: 'GET',
  path: '/api/v1/applications/:name/integrations',
  summary:
    'List what an application is connected with: programs that ask it, models and targets that it asks, webhooks',
  permission: 'view',
  mcp: true,
  params: z.object({ name: Name }),
  returns: { 200: Integrations },
})
