/** models weights, models advisories: the files that a model is made of, and what is known to be wrong with it. */
import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { Client } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT, UsageError } from '../exit-code.ts'
import type { Output } from '../output.ts'

type Only = { revision?: string; sha256?: string; key?: string; issuer?: string; subject?: string; root?: string }
type Weights = Awaited<ReturnType<Client['getModelWeights']>>

const MOST = 1000
const LOOK_MS = 500

export function addWeightsCommands(models: Command): void {
  models
    .command('weights')
    .description('register the files that a model is made of, or list what is registered')
    .argument('[model]', 'provider/model')
    .argument('[path]', 'a folder or a file below the folder of weights of the server; lists when left out')
    .option('--revision <name>', 'which version of the published model it is')
    .option('--sha256 <file>', 'the digests as published, one `digest  path` a line, as sha256sum writes them')
    .option('--key <file>', 'the public key (PEM) with which the files must be signed')
    .option('--issuer <url>', 'who must have signed without a key (Sigstore): whose sign-in vouches for them')
    .option('--subject <name>', 'and their name there: an e-mail address or the address of a workflow')
    .option('--root <file>', 'and the trusted root (JSON) that their certificate and logs are checked against')
    .action(
      withServer(async ({ client, output }, model: string | undefined, path: string | undefined, only: Only) => {
        if (model === undefined || path === undefined) return listWeights({ client, output, model })
        const { id } = await client.registerModelWeights({
          body: {
            model,
            path,
            ...(only.revision !== undefined && { revision: only.revision }),
            ...(only.sha256 !== undefined && { expected: digestsIn(await readFile(only.sha256, 'utf8')) }),
            ...(only.key !== undefined && { trustedKey: await readFile(only.key, 'utf8') }),
            ...(await identityIn(only)),
          },
        })
        const found = await inspected(client, id)
        output.result(found, () => showWeights(output, found))
        return found.state === 'accepted' ? EXIT.ok : EXIT.failed
      }),
    )
  const advisories = models
    .command('advisories')
    .description('what is known to be wrong with the models and packages here')
    .option('--all', 'those about nothing here as well')
    .action(
      withServer(async ({ client, output }, { all }: { all?: boolean }) => {
        const { items, newestImport, packages } = await client.listAdvisories({
          query: { about: all ? 'anything' : 'ours', limit: MOST },
        })
        output.result(items, () => {
          output.table(
            ['advisory', 'severity', 'about', 'what'],
            items.map(({ id, severity, hits, summary }) => [
              id,
              severity,
              hits
                .map(({ name, version, touch }) => `${name} ${version ?? ''}${touch === 'possible' ? '?' : ''}`)
                .join(', ') || '-',
              summary.slice(0, 80),
            ]),
            newestImport === null
              ? 'No advisories were imported: airworthy models advisories import <file>.'
              : `None is about the ${packages} packages and the models here.`,
          )
          if (newestImport !== null) output.line(`Imported last ${newestImport}.`)
        })
        return items.some(({ hits }) => hits.some(({ severity }) => severity === 'critical')) ? EXIT.failed : EXIT.ok
      }),
    )
  advisories
    .command('import')
    .description('import advisories in the OSV form')
    .argument('<file>', 'JSON or JSON lines')
    .action(
      withServer(async ({ client, output }, file: string) => {
        const done = await client.importAdvisories({ body: { content: await readFile(file, 'utf8') } })
        output.result(done, () =>
          output.line(
            `${done.added} new, ${done.updated} changed, ${done.unchanged} known; ${done.hits} are about something here.`,
          ),
        )
        return EXIT.ok
      }),
    )
}

async function listWeights({ client, output, model }: { client: Client; output: Output; model: string | undefined }) {
  const { items } = await client.listModelWeights({ query: { limit: MOST, ...(model !== undefined && { model }) } })
  output.result(items, () =>
    output.table(
      ['weights', 'model', 'path', 'state', 'files', 'MB', 'signature', 'trouble'],
      items.map((one) => [
        one.id,
        one.model,
        one.path,
        one.state,
        String(one.fileCount),
        String(Math.round(one.bytes / 1_000_000)),
        one.signature.state,
        one.problems[0] ?? '-',
      ]),
      'No weights are registered.',
    ),
  )
  return EXIT.ok
}

async function inspected(client: Client, id: Weights['id']): Promise<Weights> {
  const weights = await client.getModelWeights({ params: { id } })
  if (weights.state !== 'inspecting') return weights
  const { state, error } = await client.getJob({ params: { id: weights.job } })
  if (state === 'failed' || state === 'cancelled') throw new Error(error ?? `The look at the weights was ${state}.`)
  await new Promise((done) => setTimeout(done, LOOK_MS))
  return inspected(client, id)
}

/** All three or none: two of them would trust nobody in particular. */
async function identityIn({ issuer, subject, root }: Only) {
  if (issuer === undefined && subject === undefined && root === undefined) return {}
  if (issuer === undefined || subject === undefined || root === undefined)
    throw new UsageError('Give --issuer, --subject and --root together: who signed, who vouches, and whom you trust.')
  return { trustedIdentity: { issuer, subject, trustedRoot: await readFile(root, 'utf8') } }
}

/** `digest  path` a line, with or without the star of binary files. */
function digestsIn(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(/\r?\n/).flatMap((line) => {
      const [, digest, path] = /^([0-9a-fA-F]{64}) [ *](.+)$/.exec(line.trim()) ?? []
      return digest === undefined || path === undefined ? [] : [[path.replace(/^\.\//, ''), digest.toLowerCase()]]
    }),
  )
}

function showWeights(output: Output, { model, state, digest, files, signature, problems }: Weights): void {
  output.line(`${model}: ${state}${digest === null ? '' : `, ${digest}`}`)
  output.table(
    ['file', 'MB', 'format', 'what it says', 'sha256'],
    files.map(({ path, bytes, format, header, verdict, reason, sha256 }) => [
      path,
      (bytes / 1_000_000).toFixed(1),
      `${format}${verdict === 'refused' ? ', refused' : ''}`,
      header === null
        ? (reason ?? '-')
        : [header.architecture, header.quantisation, `${header.tensors} tensors`, `${header.parameters} parameters`]
            .filter((word) => word !== null)
            .join(', '),
      sha256.slice(0, 12),
    ]),
    'There are no files.',
  )
  output.line(`Signature: ${signature.state}. ${signature.why}`)
  for (const problem of problems) output.line(problem)
}
