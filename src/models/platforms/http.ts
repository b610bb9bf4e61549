/** HTTP of platforms. What was asked here is of all applications, so a key of one application sees none of it. */
import { csvOf, htmlOf, markdownOf } from '../../kernel/paper.ts'
import type { Clock } from '../../kernel/time.ts'
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { exportPlatforms, listPlatforms } from './contract.ts'
import { type Platform, platformPaper } from './platform.ts'

const TYPES = {
  markdown: ['text/markdown; charset=utf-8', 'md'],
  html: ['text/html; charset=utf-8', 'html'],
  csv: ['text/csv; charset=utf-8', 'csv'],
} as const

export const platformsHttp = (platforms: () => Promise<Platform[]>, clock: Clock): Mounted[] => [
  handle(listPlatforms, async ({ caller }) => {
    demandApplication(caller, '*')
    return reply(200, { items: await platforms() })
  }),
  handle(exportPlatforms, async ({ query: { format }, caller }) => {
    demandApplication(caller, '*')
    const blocks = platformPaper(await platforms(), clock().slice(0, 10))
    const [type, ending] = TYPES[format]
    const text =
      format === 'html' ? htmlOf(blocks, { title: 'Platforms' }) : format === 'csv' ? csvOf(blocks) : markdownOf(blocks)
    return new Response(text, {
      headers: {
        'content-type': type,
        'content-disposition': `${format === 'html' ? 'inline' : 'attachment'}; filename="platforms.${ending}"`,
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      },
    })
  }),
]
