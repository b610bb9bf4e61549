/** Routes of platforms beside each other. */
import { z } from 'zod'
import { route } from '../../wire/route.ts'
import { Platform } from './platform.ts'

export const listPlatforms = route({
  name: 'listPlatforms',
  method: 'GET',
  path: '/api/v1/platforms',
  summary: 'Compare platforms: who runs them, region, calls, models, price, and how they did here in 28 days',
  permission: 'view',
  mcp: true,
  returns: { 200: z.object({ items: z.array(Platform) }) },
})

export const exportPlatforms = route({
  name: 'exportPlatforms',
  method: 'GET',
  path: '/api/v1/platforms/paper',
  summary: 'Print the comparison of platforms as Markdown, as a page, or as a table',
  permission: 'view',
  query: z.object({ format: z.enum(['markdown', 'html', 'csv']).default('markdown') }),
  gives: ['text/markdown', 'text/html', 'text/csv'],
  raw: 'bytes',
  returns: { 200: null },
})
