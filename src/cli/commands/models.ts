/** models: what is known of each, who approved what for which use, and the rules they are held to. */
import { readFile } from 'node:fs/promises'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Client } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { showObligations } from '../model-obligations.ts'
import type { Output } from '../output.ts'
import { addChoiceCommands } from './model-choice.ts'
import { addRoundCommands } from './model-rounds.ts'
import { addTimeCommand } from './model-timings.ts'
import { addTrainingRunCommands } from './model-training.ts'
import { addWatchCommands } from './model-watch.ts'
import { addWeightsCommands } from './model-weights.ts'

type Card = Awaited<ReturnType<Client['getModelCard']>>
type Finding = Awaited<ReturnType<Client['checkModelRules']>>['items'][number]
type Scope = {
  stages: ('poc' | 'pilot' | 'production')[]
  data: ('none' | 'contact' | 'sensitive' | 'unknown')[]
  uses: ('commercial' | 'non-commercial')[]
  residency: string[]
  acceptAlias?: boolean
}

const MOST = 1000

export function addModelCommands(program: Command): void {
  const models = program
    .command('models')
    .description('models that work here, and those that need a key; what is known of each, and its approval')
    .action(
      withServer(async ({ client, output }) => {
        const { items } = await client.listModels()
        output.result(items, () =>
          output.table(
            ['model', 'works', 'about'],
            items.map((card) => [card.model, card.works ? 'yes' : 'no', card.reason ?? card.title]),
          ),
        )
        return EXIT.ok
      }),
    )
  models
    .command('list')
    .description('every model with its licence, context, price, how much is known, and its approval')
    .option('--provider <name>')
    .option('--text <part>', 'a part of its name')
    .option('--licence <id>', 'an SPDX id')
    .action(
      withServer(async ({ client, output }, only: { provider?: string; text?: string; licence?: string }) => {
        const { items } = await client.listModelCards({ query: { ...only, limit: MOST } })
        output.result(items, () =>
          output.table(
            ['model', 'licence', 'context', '$ in/out per million', 'known', 'approval'],
            items.map(({ model, facts, completeness, approval }) => [
              model,
              facts.licence ?? 'unknown',
              facts.contextTokens === undefined ? 'unknown' : String(facts.contextTokens),
              facts.priceInput === undefined ? 'unknown' : `${facts.priceInput} / ${facts.priceOutput ?? '?'}`,
              `${completeness.known}/${completeness.of}, ${completeness.verified} verified`,
              approval.state === 'approved' ? `approved: ${approval.stages.join(', ')}` : approval.state,
            ]),
            'No model is known.',
          ),
        )
        return EXIT.ok
      }),
    )
  models
    .command('show')
    .description('one model, field by field, with who says it')
    .argument('<model>', 'provider/model')
    .action(
      withServer(async ({ client, output }, model: string) => {
        const card = await client.getModelCard({ params: { model } })
        output.result(card, () => showCard(output, card))
        return EXIT.ok
      }),
    )
  models
    .command('refresh')
    .description("read the providers' own lists of models now, and say what changed")
    .argument('[provider]', 'all that can be asked when left out')
    .action(
      withServer(async ({ client, output }, provider: string | undefined) => {
        const { items } = await client.readModelLists({ body: { ...(provider !== undefined && { provider }) } })
        output.result(items, () =>
          output.table(
            ['provider', 'models', 'new', 'gone', 'changed', 'trouble'],
            items.map((one) => [
              one.provider,
              String(one.models.length),
              one.appeared.join(', ') || '-',
              one.vanished.join(', ') || '-',
              one.changed.map(({ model, fields }) => `${model} (${fields.join(', ')})`).join(', ') || '-',
              one.failure ?? '-',
            ]),
            'No provider can be asked yet: store a key, or add one with an address.',
          ),
        )
        return items.some(({ failure }) => failure !== null) ? EXIT.failed : EXIT.ok
      }),
    )
  models
    .command('card')
    .description('keep the card of a model, as Hugging Face has them')
    .argument('<model>', 'provider/model')
    .argument('<place>', 'a README.md, or the address of one')
    .option('--identity <name>', 'organisation/name where it was published')
    .action(
      withServer(async ({ client, output }, model: string, place: string, { identity }: { identity?: string }) => {
        const read = /^https?:\/\//.test(place) ? { url: place } : { content: await readFile(place, 'utf8') }
        const body = { model, kind: 'card' as const, ...read, ...(identity !== undefined && { identity }) }
        const card = await client.putModelSource({ body })
        output.result(card, () => showCard(output, card))
        return EXIT.ok
      }),
    )
  addScope(
    models
      .command('check')
      .description('what the rules say of a model for a use')
      .argument('<model>', 'provider/model'),
  ).action(
    withServer(async ({ client, output }, model: string, scope: Scope) => {
      const items: Finding[] = []
      for (const stage of scope.stages)
        for (const use of scope.uses)
          for (const dataClass of scope.data) {
            const { residency, acceptAlias: aliasAccepted = false } = scope
            const body = { model, stage, use, dataClass, residency, aliasAccepted }
            items.push(...(await client.checkModelRules({ body })).items)
          }
      output.result(items, () => showFindings(output, items))
      return items.some(({ verdict }) => verdict === 'FAIL') ? EXIT.failed : EXIT.ok
    }),
  )
  addScope(
    models
      .command('request')
      .description('ask for a model to be approved beyond the sandbox; somebody else decides')
      .argument('<model>', 'provider/model')
      .requiredOption('--reason <text>', 'why it is needed')
      .option('--days <number>', 'how long it is to hold', wholeNumber, 180),
  ).action(
    withServer(async ({ client, output }, model: string, scope: Scope & { reason: string; days: number }) => {
      const { stages, data: dataClasses, uses, residency, acceptAlias: aliasAccepted = false, reason, days } = scope
      const body = { model, stages, dataClasses, uses, residency, aliasAccepted, reason, days }
      const asked = await client.requestModelApproval({ body })
      output.result(asked, () => {
        showFindings(output, asked.findings)
        showObligations(output, asked.obligations)
        for (const one of asked.lineage?.missing ?? []) output.line(`Missing in its lineage: ${one}`)
        output.line(
          `\nAsked for as ${asked.id}. Somebody else decides: airworthy models approve ${asked.id} --reason …`,
        )
      })
      return EXIT.ok
    }),
  )
  for (const decision of ['approve', 'refuse'] as const)
    models
      .command(decision)
      .description(`${decision} a model that somebody else asked for`)
      .argument('<approval>', 'its id, from `airworthy models approvals`')
      .requiredOption('--reason <text>', 'what it rests on')
      .option('--code <digits>', 'of your authenticator app')
      .action(
        withServer(async ({ client, output }, id: string, { reason, code }: { reason: string; code?: string }) => {
          const decided = await client.decideModelApproval(
            { params: { id }, body: { decision, reason } },
            code === undefined ? {} : { oneTimeCode: code },
          )
          output.result(decided, () =>
            output.line(
              decided.state === 'approved'
                ? `${decided.model} is approved for ${decided.stages.join(', ')} until ${decided.until}.`
                : `${decided.model} is refused and runs in the sandbox only.`,
            ),
          )
          return EXIT.ok
        }),
      )
  addChoiceCommands(models)
  addTimeCommand(models)
  addRoundCommands(models)
  addWatchCommands(models)
  addWeightsCommands(models)
  addTrainingRunCommands(models)
  models
    .command('withdraw')
    .description('withdraw an approval; what is live goes on until it is switched off')
    .argument('<approval>')
    .requiredOption('--reason <text>', 'why')
    .action(
      withServer(async ({ client, output }, id: string, { reason }: { reason: string }) => {
        const withdrawn = await client.withdrawModelApproval({ params: { id }, body: { reason } })
        output.result(withdrawn, () =>
          output.line(
            `${withdrawn.model} is withdrawn. What is live with it goes on; to stop it: airworthy switch off model ${withdrawn.model} --reason …`,
          ),
        )
        return EXIT.ok
      }),
    )
  models
    .command('approvals')
    .description('what was asked for, decided and withdrawn, the newest first')
    .option('--model <name>', 'of one model')
    .action(
      withServer(async ({ client, output }, { model }: { model?: string }) => {
        const query = { limit: MOST, ...(model !== undefined && { model }) }
        const { items } = await client.listModelApprovals({ query })
        output.result(items, () =>
          output.table(
            ['approval', 'model', 'state', 'stages', 'uses', 'personal data', 'until'],
            items.map((one) => [
              one.id,
              one.model,
              one.state,
              one.stages.join(', '),
              one.uses.join(', '),
              one.dataClasses.join(', '),
              one.until,
            ]),
            'Nothing was asked for yet.',
          ),
        )
        return EXIT.ok
      }),
    )
}

const addScope = (command: Command): Command =>
  command
    .addOption(listOf('--stages <list>', 'beyond the sandbox', ['poc', 'pilot', 'production'], ['poc']))
    .addOption(
      listOf('--data <list>', 'classes of personal data', ['none', 'contact', 'sensitive', 'unknown'], ['none']),
    )
    .addOption(listOf('--uses <list>', 'what for', ['commercial', 'non-commercial'], ['commercial']))
    .option(
      '--residency <list>',
      'where what is sent may be processed, for example eu',
      (text: string) => text.split(','),
      [],
    )
    .option('--accept-alias', 'accept that the name may come to mean another model')

function listOf(flags: string, description: string, known: readonly string[], usual: string[]): Option {
  return new Option(flags, `${description}: ${known.join(', ')}`).default(usual, usual.join(',')).argParser((text) => {
    const words = text.split(',').map((word) => word.trim())
    const strange = words.filter((word) => !known.includes(word))
    if (strange.length > 0) throw new InvalidArgumentError(`Found ${strange.join(', ')}; use ${known.join(', ')}.`)
    return words
  })
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('Write a whole number of days.')
  return Number(text)
}

function showCard(output: Output, { model, fields, completeness, sameAs, approval, obligations }: Card): void {
  const { known, of, verified } = completeness
  output.line(`${model}: ${known} of ${of} fields known, ${verified} verified; approval: ${approval.state}`)
  for (const same of sameAs) output.line(`Same model as ${same.model}, by its ${same.because}.`)
  output.table(
    ['field', 'value', 'standing', 'says who', 'when'],
    fields.map(({ name, value, standing, source, via, at }) => [
      name,
      wordsOf(value),
      standing,
      source === null ? '-' : `${source}${via === null ? '' : ` of ${via}`}`,
      at?.slice(0, 10) ?? '-',
    ]),
  )
  showObligations(output, obligations)
}

function wordsOf(value: Card['fields'][number]['value']): string {
  if (value === null) return 'unknown'
  const texts = Array.isArray(value)
    ? value.map((one) => (typeof one === 'string' ? one : `${one.dataset} ${one.metric} ${one.value}`))
    : [String(value)]
  const text = texts.join(', ').replace(/\s+/g, ' ')
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

const showFindings = (output: Output, findings: readonly Finding[]): void =>
  output.table(
    ['rule', 'verdict', 'why', 'what to do'],
    findings
      .filter(({ verdict }) => verdict !== 'NOT_APPLICABLE')
      .map(({ rule, verdict, reason, remedy }) => [rule, verdict, reason, remedy ?? '-']),
    'No rule applies.',
  )
