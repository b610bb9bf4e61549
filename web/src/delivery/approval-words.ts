/** Approvals in words. */
import type { ServedApproval } from '../../../sdk/index.ts'
import { list } from '../data/format.ts'

/** Who still has to sign: duties with their holders, and somebody from outside. */
export function missingWords({ missing, lacksOutsider, holders }: ServedApproval): string {
  const lines = missing.map((line) =>
    line
      .map((duty) => {
        const holder = holders.find((one) => one.duty === duty)?.holder
        return `${duty} (${holder ?? 'held by nobody'})`
      })
      .join(' or '),
  )
  return list([...lines, ...(lacksOutsider ? ['somebody outside the team'] : [])]) || 'nobody'
}
