/** HTTP of what exists already. */
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { bring, type Importers } from './bring.ts'
import { bringExisting } from './contract.ts'

export const bringingHttp = (importers: Importers): Mounted[] => [
  handle(bringExisting, async ({ body }) => reply(200, await bring(body, importers))),
]
