/** The route of conversions, bound to its verb. */
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { convertPrompt } from './contract.ts'
import { convert } from './convert.ts'

export const formsHttp = (): Mounted[] => [handle(convertPrompt, async ({ body }) => reply(200, await convert(body)))]
