/** prompts vary --model: a model words questions anew; what was not kept is listed with its reason. */
import type { Client } from '../../../sdk/index.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import type { Output } from '../output.ts'

type Ask = Parameters<Client['startRewording']>[0]
type Result = NonNullable<Awaited<ReturnType<Client['getRewording']>>['result']>

const POLL_MS = 500

export async function rewordQuestions(client: Client, output: Output, ask: Ask): Promise<ExitCode> {
  const { body } = await client.startRewording(ask)
  if (body.kind !== 'started') {
    const { calls, variants, there, costMicroUsd } = body.quote
    const cost = costMicroUsd === null ? 'price not known' : `${costMicroUsd} micro-USD`
    const quoted = `${calls} calls for at most ${variants} variants, ${there} are there already; ${cost}.`
    output.result(body, () => output.line(body.kind === 'quote' ? quoted : `Over the budget: ${quoted}`))
    return body.kind === 'quote' ? EXIT.ok : EXIT.failed
  }
  const { name } = ask.params
  for (;;) {
    const { state, progress, error, result } = await client.getRewording({ params: { name, id: body.id } })
    if (result) {
      output.settle()
      output.result(result, () => show(output, name, result))
      return EXIT.ok
    }
    if (state === 'failed' || state === 'cancelled') throw new Error(error ?? `The rewording was ${state}.`)
    output.progress(`${progress.done} of ${body.quote.calls} calls`)
    await new Promise((done) => setTimeout(done, POLL_MS))
  }
}

function show(output: Output, name: string, result: Result): void {
  const { given, kept, dropped, droppedVariants, failed, problem, outdated, stoppedEarly, suite } = result
  output.line(`${kept} of ${given} variants of the model were kept.`)
  const counts = Object.entries(dropped).map(([flaw, count]) => `${flaw} ${count}`)
  if (counts.length > 0) {
    output.line(`Not kept: ${counts.join(', ')}.`)
    output.table(
      ['question', 'variant', 'why it was not kept'],
      droppedVariants.map(({ of, kind, why }) => [of, kind, why]),
    )
  }
  if (failed > 0) output.line(`${failed} calls came to nothing, the first with: ${problem}`)
  if (outdated > 0) output.line(`${outdated} questions were changed meanwhile; their variants were left out.`)
  if (stoppedEarly !== null) output.line(stoppedEarly)
  if (suite === null) return
  output.line(`${result.variants} variants of ${result.originals} questions, by rule and by model.`)
  output.line(`Next: airworthy freeze ${name}, airworthy eval ${name} --suite ${suite} --against none`)
}
