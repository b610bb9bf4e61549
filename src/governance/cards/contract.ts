/** Routes of cards. */
import { z } from 'zod'
import { ReleaseId } from '../../core/release.ts'
import { route } from '../../wire/route.ts'
import { Card, CardKind } from './card.ts'

const one = z.object({ id: ReleaseId, card: CardKind })

export const getReleaseCard = route({
  name: 'getReleaseCard',
  method: 'GET',
  path: '/api/v1/releases/:id/cards/:card',
  summary:
    'Read a card of a release, each field computed, referenced or authored: system, models, data, annex-iv, deployer',
  permission: 'view',
  mcp: true,
  params: one,
  returns: { 200: Card },
})

export const exportReleaseCard = route({
  name: 'exportReleaseCard',
  method: 'GET',
  path: '/api/v1/releases/:id/cards/:card/paper',
  summary: 'Print a card of a release as Markdown or as a page',
  permission: 'view',
  params: one,
  query: z.object({ format: z.enum(['markdown', 'html']).default('markdown') }),
  gives: ['text/markdown', 'text/html'],
  raw: 'bytes',
  returns: { 200: null },
})
