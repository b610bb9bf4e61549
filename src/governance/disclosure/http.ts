/** HTTP of the disclosure. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { getDisclosure } from './contract.ts'
import type { Disclosures } from './disclosure.ts'

export const disclosureHttp = (disclosures: Disclosures): Mounted[] => [
  handle(getDisclosure, async ({ params: { name }, caller }) => {
    demandApplication(caller, name)
    return reply(200, await disclosures.get(name))
  }),
]
