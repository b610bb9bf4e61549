/** patterns: who asks what, how it went, and what of it changed since the period before. */
import { type Command, InvalidArgumentError } from 'commander'
import type { Client } from '../../../sdk/index.ts'
import { plural } from '../../kernel/plural.ts'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { applicationHere, applicationOf } from '../folder.ts'

type Found = Awaited<ReturnType<Client['getUsagePatterns']>>
type Figure = Found['figures'][number]

const CHANGES: Readonly<Record<Figure['change'], string>> = {
  more: 'more',
  less: 'less',
  'not-shown': 'may be chance',
  'too-few': 'too few to say',
}
const MOST_DAYS = 90

export function addPatternsCommand(program: Command): void {
  program
    .command('patterns')
    .description('who asks what and how it went, and what of it changed since the period before')
    .argument('[folder-or-application]', 'that of this folder when left out')
    .option('--days <days>', 'length of each of the two periods, 1 to 90', daysOf, 14)
    .action(
      withServer(async ({ client, output }, target: string | undefined, { days }: { days: number }) => {
        const name = applicationHere(target === undefined ? undefined : applicationOf(target).name)
        const found = await client.getUsagePatterns({ params: { name }, query: { days } })
        output.result(found, () => {
          output.line(`${asked(found.now)} in ${plural(days, 'day')}, ${asked(found.before)} in those before.`)
          output.line(driftOf(found))
          output.table(
            ['kind', 'what', 'now', 'before', 'change'],
            found.figures.map((one) => [
              one.kind,
              one.name,
              shareOf(one.now),
              shareOf(one.before),
              one.difference === null ? '-' : `${pointsOf(one.difference)}, ${CHANGES[one.change]}`,
            ]),
          )
        })
        return EXIT.ok
      }),
    )
}

function daysOf(text: string): number {
  const days = Number(text)
  if (Number.isInteger(days) && days >= 1 && days <= MOST_DAYS) return days
  throw new InvalidArgumentError(`It is a whole number of days from 1 to ${MOST_DAYS}, found ${text}.`)
}

const asked = ({ requests, users }: Found['now']) => `${plural(requests, 'request')} of ${plural(users, 'user')}`

function driftOf({ drift, lacking }: Found): string {
  if (drift.change === 'too-few')
    return `Too few to say what changed: ${plural(lacking.requests, 'request')} and ${plural(lacking.users, 'user')} more are needed in the smaller period.`
  const share = `${((drift.distance ?? 0) * 100).toFixed(1)} %`
  return drift.change === 'changed'
    ? `What is asked has changed: ${share} of the requests would have to be another kind (p ${drift.p?.toFixed(3)}).`
    : `What is asked is not shown to have changed: ${share} of the requests differ in kind, which may be chance.`
}

const shareOf = ({ share, n, interval }: Figure['now']) =>
  share === null
    ? 'none'
    : `${(share * 100).toFixed(1)} % of ${n}${interval ? ` (${(interval.low * 100).toFixed(1)} to ${(interval.high * 100).toFixed(1)})` : ''}`

const pointsOf = (difference: number) => `${difference > 0 ? '+' : ''}${(difference * 100).toFixed(1)} points`
