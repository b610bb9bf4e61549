/** The routes of published figures, bound to what computes them. */
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import type { IndexOver } from '../searched.ts'
import { computeFigures, listFigures } from './contract.ts'
import { computeSet, FIGURES, setOf } from './figures.ts'

export const figuresHttp = ({ indexOver }: { indexOver: IndexOver }): Mounted[] => [
  handle(listFigures, async () => reply(200, { items: FIGURES.map(setOf) })),
  handle(computeFigures, async ({ params, body }) => {
    const files = Object.entries(body.files).map(([path, text]) => [path, Buffer.from(text, 'base64')] as const)
    return reply(200, await computeSet({ name: params.name, files: Object.fromEntries(files), indexOver }))
  }),
]
