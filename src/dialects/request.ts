/**
 * A request to a model as every dialect can be read into it and written from it. Names follow no single provider.
 *
 * Invariant: what a dialect says and this form cannot hold is named (`ReadRequest.unread`), never lost in silence.
 */

/** The dialects that are read or written here, by what their makers call them. */
export type Wire = 'chat' | 'responses' | 'messages' | 'gemini' | 'converse' | 'cohere'

/** Bytes, an address, or the name under which a provider holds a file. */
export type Source =
  | { readonly kind: 'data'; readonly mediaType: string; readonly base64: string }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'held'; readonly id: string }

/** How long a provider should keep the prompt up to here in its cache; null for its usual time. */
export type CacheMark = { readonly ttl: '5m' | '1h' | null }

export type Part =
  | { readonly kind: 'text'; readonly text: string; readonly cache?: CacheMark }
  | {
      readonly kind: 'image'
      readonly source: Source
      readonly detail?: string
      readonly cache?: CacheMark
    }
  | { readonly kind: 'file'; readonly source: Source; readonly name?: string; readonly cache?: CacheMark }
  | { readonly kind: 'audio'; readonly base64: string; readonly format: string }
  | ReasoningPart
  | ToolCallPart
  | {
      readonly kind: 'tool-result'
      readonly callId: string
      readonly content: readonly Part[]
      readonly isError?: boolean
      readonly cache?: CacheMark
    }
  | { readonly kind: 'refusal'; readonly text: string }
  /** What only this dialect has, kept whole: it goes back where it came from and nowhere else. */
  | { readonly kind: 'native'; readonly wire: Wire; readonly value: Readonly<Record<string, unknown>> }

export type ReasoningPart = {
  readonly kind: 'reasoning'
  readonly text: string
  /** Proves to its provider that the text is its own. */
  readonly signature?: string
  /** The text as only its provider can read it. */
  readonly sealed?: string
  readonly id?: string
}

export type ToolCallPart = {
  readonly kind: 'tool-call'
  readonly id: string
  readonly name: string
  /** JSON as the model wrote it, which may not parse. */
  readonly arguments: string
  readonly signature?: string
  readonly cache?: CacheMark
}

export type Message = {
  /** Results of tools are parts of a message of the user. */
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: readonly Part[]
  readonly name?: string
}

export type Tool =
  | {
      readonly kind: 'function'
      readonly name: string
      readonly description?: string
      /** JSON Schema of its arguments. */
      readonly schema: Readonly<Record<string, unknown>>
      readonly strict?: boolean
      readonly cache?: CacheMark
    }
  /** A tool that the provider runs itself. */
  | { readonly kind: 'native'; readonly wire: Wire; readonly value: Readonly<Record<string, unknown>> }

export type AnswerFormat =
  | { readonly kind: 'text' }
  | { readonly kind: 'json' }
  | {
      readonly kind: 'schema'
      readonly name: string
      readonly schema: Readonly<Record<string, unknown>>
      readonly description?: string
      readonly strict?: boolean
    }

/** All that can be set besides conversation and tools. Absent is the provider's default. */
export type Settings = {
  readonly maxOutputTokens?: number
  readonly temperature?: number
  readonly topP?: number
  readonly topK?: number
  readonly minP?: number
  readonly stop?: readonly string[]
  readonly seed?: number
  /** How many answers. */
  readonly choices?: number
  readonly logprobs?: { readonly top: number }
  readonly presencePenalty?: number
  readonly frequencyPenalty?: number
  readonly repetitionPenalty?: number
  readonly logitBias?: Readonly<Record<string, number>>
  readonly format?: AnswerFormat
  readonly verbosity?: string
  readonly reasoning?: {
    readonly effort?: string
    /** Tokens; 0 means none. */
    readonly budget?: number
    readonly summary?: string
  }
  readonly toolChoice?:
    | { readonly kind: 'auto' | 'none' | 'required' }
    | { readonly kind: 'tool'; readonly name: string }
  readonly parallelTools?: boolean
  readonly serviceTier?: string
  /** Whoever the provider should tell apart, for its abuse detection. */
  readonly user?: string
  readonly metadata?: Readonly<Record<string, string>>
  readonly cacheKey?: string
  readonly store?: boolean
}

export type CanonicalRequest = Settings & {
  readonly messages: readonly Message[]
  readonly tools: readonly Tool[]
  readonly stream: boolean
}

export type ReadRequest = {
  readonly request: CanonicalRequest
  /** Paths of fields that this form has no place for. */
  readonly unread: readonly string[]
}
