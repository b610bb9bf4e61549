/**
 * An answer of a model on its way through guardrails, event by event. Texts and refusals are blocked or redacted; from
 * thoughts and what tools are called with is taken out what would be blocked, as in a release. What a guardrail blocks
 * ends the answer with its message and as filtered; what comes after it is read for its usage alone.
 *
 * Invariant: no event that leaves holds what an acting guardrail finds, wherever the provider cut its words.
 */
import type { GuardVerdict } from '../core/guardrail.ts'
import type { AnswerEvent } from '../dialects/index.ts'
import { type CompiledGuard, GuardedText, takesOut } from '../guardrails/index.ts'

type Open = { readonly text: GuardedText | undefined; readonly mayBlock: boolean }

export class GuardedEvents {
  readonly #guards: readonly CompiledGuard[]
  readonly #quiet: readonly CompiledGuard[]
  readonly #isActing: boolean
  readonly #blocks = new Map<number, Open>()
  readonly #counts = new Map<string, number>()
  #blockedBy: string | undefined

  constructor(guards: readonly CompiledGuard[]) {
    this.#guards = guards
    this.#quiet = guards.filter(({ most }) => most === Number.POSITIVE_INFINITY).map(takesOut)
    this.#isActing = guards.some(({ mode }) => mode !== 'observe')
  }

  /** Throws `guardrails.broke`, and then nothing may leave. */
  push(event: AnswerEvent): AnswerEvent[] {
    switch (event.type) {
      case 'open':
        return this.#open(event)
      case 'delta': {
        const block = this.#blocks.get(event.block)
        if (!block) return []
        return block.text ? this.#said(event.block, block, block.text.push(event.text)) : [event]
      }
      case 'close':
        return this.#close(event)
      case 'signature':
      case 'sealed':
        return this.#sealed(event)
      // Each token would say again what was taken out.
      case 'logprobs':
        return this.#isActing ? [] : [event]
      case 'citation':
        return this.#blockedBy === undefined ? [{ ...event, citation: this.#cleaned(event.citation) }] : []
      case 'restart':
        this.#blocks.clear()
        this.#counts.clear()
        this.#blockedBy = undefined
        return [event]
      case 'finish':
        return [this.#blockedBy === undefined ? event : { ...event, reason: 'filtered' }]
      default:
        return [event]
    }
  }

  /** Of every text of the answer together. */
  verdicts(): GuardVerdict[] {
    const counts = new Map(this.#counts)
    for (const { text } of this.#blocks.values()) count(counts, text)
    return this.#guards.map(({ id, on, mode }) => {
      const count = counts.get(id) ?? 0
      const acts = mode === 'block' ? (this.#blockedBy === id ? 'blocked' : 'redacted') : WORDS[mode]
      return { id, on, count, verdict: count === 0 ? 'passed' : acts }
    })
  }

  #open(event: Extract<AnswerEvent, { type: 'open' }>): AnswerEvent[] {
    if (this.#blockedBy !== undefined) return []
    const { kind } = event.start
    const mayBlock = kind === 'text' || kind === 'refusal'
    // What only one provider says has no words that all would know.
    const text = kind === 'native' ? undefined : new GuardedText(mayBlock ? this.#guards : this.#quiet)
    this.#blocks.set(event.block, { text, mayBlock })
    return [event]
  }

  #close(event: Extract<AnswerEvent, { type: 'close' }>): AnswerEvent[] {
    const block = this.#blocks.get(event.block)
    if (!block) return []
    const rest = block.text ? this.#said(event.block, block, block.text.end()) : []
    count(this.#counts, block.text)
    this.#blocks.delete(event.block)
    return [...rest, event]
  }

  /** It comes behind the whole of a thought, and a thought that was changed is not the one that was sealed. */
  #sealed(event: Extract<AnswerEvent, { type: 'signature' | 'sealed' }>): AnswerEvent[] {
    const block = this.#blocks.get(event.block)
    if (!block) return []
    const rest = block.text ? this.#said(event.block, block, block.text.end()) : []
    const isChanged = block.text?.verdicts().some(({ verdict }) => verdict === 'redacted') === true
    return isChanged ? rest : [...rest, event]
  }

  #said(at: number, { mayBlock, text }: Open, out: string): AnswerEvent[] {
    if (this.#blockedBy !== undefined) return []
    if (mayBlock) this.#blockedBy = text?.blockedBy?.id
    return out === '' ? [] : [{ type: 'delta', block: at, text: out }]
  }

  #cleaned<Words extends Readonly<Record<string, string | undefined>>>(words: Words): Words {
    return Object.fromEntries(
      Object.entries(words).map(([name, value]) => {
        if (value === undefined || name === 'url') return [name, value]
        const text = new GuardedText(this.#quiet)
        const out = text.push(value) + text.end()
        count(this.#counts, text)
        return [name, out]
      }),
    ) as Words
  }
}

function count(counts: Map<string, number>, text: GuardedText | undefined): void {
  for (const { id, count } of text?.verdicts() ?? []) counts.set(id, (counts.get(id) ?? 0) + count)
}

const WORDS = { observe: 'observed', redact: 'redacted' } as const
