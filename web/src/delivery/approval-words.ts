/** Approvals in words. */
import type { ServedApproval } from '../../../sdk/index.ts'
import { list } from '../data/format.ts'
import { say } from '../words/say.ts'

/** Who still has to sign: duties with their holders, and somebody from outside. */
export function missingWords({ missing, lacksOutsider, holders }: ServedApproval): string {
  const lines = missing.map((line) =>
    line
      .map((duty) => {
        const holder = holders.find((one) => one.duty === duty)?.holder
        return `${duty} (${holder ?? say('approval-words.held-by-nobody')})`
      })
      .join(' or '),
  )
  return list([...lines, ...(lacksOutsider ? [say('approval-words.somebody-outside-the-team')] : [])]) || 'nobody'
}
