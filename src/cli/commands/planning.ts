/** compass, portfolio, phases, forecast and threats: where everything stands, what it will cost, what may be done to it. */
import { type Command, InvalidArgumentError, Option } from 'commander'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'

const PERSONAS = ['business', 'builder', 'security', 'operations', 'executive', 'auditor'] as const
const WORKLOADS = ['customer-service', 'marketing', 'product', 'operations', 'existing'] as const
const PHASES = ['discovery', 'development', 'deployment', 'monitoring', 'improvement'] as const

type Compass = {
  persona: (typeof PERSONAS)[number]
  phase?: (typeof PHASES)[number]
  workload?: (typeof WORKLOADS)[number]
}
type Phases = { phase?: (typeof PHASES)[number]; application?: string }
type WhatIf = { priceFactor?: number; requestsPerDay?: number }

export function addPlanningCommands(program: Command): void {
  program
    .command('compass')
    .description('where every application stands, and the next three things with time and reason')
    .addOption(new Option('--persona <name>', 'who reads').choices(PERSONAS).default('builder'))
    .addOption(new Option('--phase <name>', 'only applications in this phase').choices(PHASES))
    .addOption(new Option('--workload <name>', 'what it is for; the first task follows it').choices(WORKLOADS))
    .action(
      withServer(async ({ client, output }, query: Compass) => {
        const found = await client.getCompass({ query })
        output.result(found, () => {
          output.line(`First: ${found.first.task} ${found.first.why}`)
          for (const { application, what, why, minutes } of found.next)
            output.line(`- ${application}: ${what} (about ${minutes} min). ${why}`)
          output.line('')
          output.table(
            ['application', 'phase', 'satisfied', 'P50 a month', 'return', 'metered', 'firing'],
            found.items.map(({ application, phase, satisfaction, cost, returns, meteredReturns, alerts }) => [
              application,
              phase,
              satisfaction ? `${percent(satisfaction.share)} of ${satisfaction.n}` : '-',
              dollars(cost.forecast.p50Usd),
              fromTo(returns),
              fromTo(meteredReturns.range),
              alerts.flatMap(({ state, kind }) => (state === 'firing' ? [kind] : [])).join(', ') || 'none',
            ]),
            'No application yet. `airworthy init support-assistant my-shop` writes one.',
          )
        })
        return EXIT.ok
      }),
    )
  program
    .command('portfolio')
    .description('the seven pillars over applications, the worst first; exits with 1 while anything fails')
    .action(
      withServer(async ({ client, output }) => {
        const found = await client.getPortfolio({ query: { limit: 100 } })
        output.result(found, () => {
          output.table(
            ['application', ...(found.items[0]?.pillars.map(({ pillar }) => pillar) ?? [])],
            found.items.map(({ application, pillars }) => [application, ...pillars.map(({ status }) => status)]),
            'No release yet.',
          )
          if (found.unfrozen.length > 0) output.line(`Nothing can be said yet of ${found.unfrozen.join(', ')}.`)
          if (found.next) output.line('There are more; these are the first hundred by name.')
        })
        return found.items.some(({ status }) => status === 'red') ? EXIT.failed : EXIT.ok
      }),
    )
  program
    .command('phases')
    .description('ideas, experiments, approvals, rollouts, alerts and incidents by the five phases of LLMOps')
    .addOption(new Option('--phase <name>', 'only objects in this phase').choices(PHASES))
    .option('--application <name>', 'of one application, with its releases and mitigations')
    .action(
      withServer(async ({ client, output }, query: Phases) => {
        const found = await client.listObjects({ query })
        output.result(found, () => {
          output.table(
            ['phase', 'what', 'application', 'state', 'since'],
            found.items.map(({ phase, title, application, state, at }) => [
              phase,
              title,
              application ?? '-',
              state,
              at,
            ]),
            'Nothing is in this phase.',
          )
          output.line(
            Object.entries(found.phases)
              .map(([phase, count]) => `${count} ${phase}`)
              .join(', '),
          )
        })
        return EXIT.ok
      }),
    )
  program
    .command('forecast')
    .description('the cost of the next 30 days, with the error of a forecast like it, and what would cost less')
    .argument('<application>')
    .option('--price-factor <number>', 'what if models cost so many times as much', numberOf)
    .option('--requests-per-day <number>', 'what if it were asked so often', numberOf)
    .action(
      withServer(async ({ client, output }, name: string, query: WhatIf) => {
        const found = await client.getCostForecast({ params: { name }, query })
        output.result(found, () => {
          const { p50Usd, p90Usd, budgetUsd, says, error, earlier, savings } = found
          output.line(
            p50Usd === null
              ? says
              : `${dollars(p50Usd)} in a month, ${dollars(p90Usd)} in a bad one; budget ${dollars(budgetUsd)}. ${says}`,
          )
          const missed = earlier ?? error
          output.line(
            missed?.share == null
              ? 'How wrong it is nobody can say yet: that takes nine metered days.'
              : `A forecast like it was off by ${percent(missed.share)} over ${missed.days} days.`,
          )
          for (const { from, to, monthlyUsd, quality, isProven, prove } of savings) {
            const saves = `${to} in place of ${from} would save ${dollars(monthlyUsd)} a month`
            output.line(isProven ? `${saves}; proven to be no worse.` : `${saves}. Not proven. Prove it: ${prove}`)
            for (const { says } of quality) output.line(`  ${says}`)
          }
        })
        return EXIT.ok
      }),
    )
  program
    .command('threats')
    .description('which known threats apply, what holds each off, and what is open; exits with 1 while any is')
    .argument('<application>')
    .action(
      withServer(async ({ client, output }, name: string) => {
        const found = await client.getThreatModel({ params: { name } })
        output.result(found, () => {
          for (const { from, to, what, crosses } of found.flow)
            output.line(`${from} → ${to}: ${what}${crosses ? ` [${crosses}]` : ''}`)
          output.table(
            ['threat', 'what', 'state', 'checks'],
            found.threats.map(({ id, title, state, checks }) => [
              id,
              title,
              state,
              checks.map(({ check, verdict }) => `${check} ${verdict ?? 'not asked'}`).join(', '),
            ]),
          )
          output.line(`${found.open} open. Write them down in threats.yaml of ${name}.`)
        })
        return found.open > 0 ? EXIT.failed : EXIT.ok
      }),
    )
}

const percent = (share: number): string => `${Math.round(share * 100)} %`
const fromTo = (range: { low: number; high: number } | null): string =>
  range ? `${percent(range.low)} to ${percent(range.high)}` : '-'

const dollars = (usd: number | null): string =>
  usd === null ? 'unknown' : `$${usd < 10 ? usd.toFixed(2) : Math.round(usd).toLocaleString('en-GB')}`

function numberOf(text: string): number {
  const number = Number(text)
  if (text.trim() === '' || !Number.isFinite(number) || number < 0)
    throw new InvalidArgumentError('Write a number from 0.')
  return number
}
