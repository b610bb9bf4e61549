/** `POST /v1/messages/count_tokens` for a provider that counts nothing itself: counted here, and said to be so. */

import { turnsShown } from '../core/asked.ts'
import { Failure } from '../kernel/failure.ts'
import { NOTHING } from '../kernel/money.ts'
import { estimateUsage } from '../models/index.ts'
import type { ClientRequest } from './client-request.ts'
import type { Exchange } from './exchange.ts'
import { isUnderWay } from './stream-state.ts'

/** Never rejects. */
export async function answerEstimatedCount(exchange: Exchange, chat: ClientRequest, model: string): Promise<void> {
  const { facts, response } = exchange
  try {
    exchange.move('opened')
    const tools = chat.body.tools === undefined ? [] : [{ role: 'system', content: JSON.stringify(chat.body.tools) }]
    const turns = turnsShown([...chat.protocol.messages(chat.body), ...tools])
    const { inputTokens } = await estimateUsage(turns, '')
    if (!isUnderWay(exchange.state)) return
    facts.servedBy = model
    facts.costMicroUsd = NOTHING
    const body = JSON.stringify({ input_tokens: inputTokens })
    if (!exchange.move('sent')) return
    exchange.complete()
    response.writeHead(200, [
      'content-type',
      'application/json',
      'airworthy-estimated',
      'true',
      'content-length',
      String(Buffer.byteLength(body)),
      ...exchange.headers,
    ])
    exchange.end(body)
  } catch (thrown) {
    exchange.fail(
      thrown instanceof Failure
        ? thrown
        : new Failure('unavailable', 'gateway.count-failed', 'The tokens could not be counted. Try again.', {
            cause: thrown,
          }),
    )
  }
}
