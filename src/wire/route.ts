/**
 * A route is declared once. The declaration gives the types of its handler, validation, the permission
 * that is asked for, the OpenAPI document and the SDK's method, all under one name.
 */
import { z } from 'zod'
import type { Permission } from '../core/actor.ts'
import type { Instant } from '../kernel/time.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
export type Replies = Readonly<Record<number, z.ZodType | null>>

export type RouteShape = {
  /** camelCase verb and noun: operation id, SDK method and test title. */
  readonly name: string
  readonly method: Method
  /** With `:name` for parameters; `:name*` at the end takes the rest of the path, slashes and all. */
  readonly path: `/${string}`
  readonly summary: string
  /** `open` only for what must work without a key. */
  readonly permission: Permission | 'open'
  /**
   * Set for acts for which an installation may demand a second factor. `word`: a person's own word, which no program
   * may give then. `decision`: it rests on a gate, so that a program with the permission may ask for it.
   */
  readonly approval?: 'word' | 'decision'
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  /** Largest body in bytes; 4 MB when not said. */
  readonly maxBodyBytes?: number
  /** A body that is taken, for the OpenAPI document. */
  readonly example?: unknown
  /** Announced by headers of each answer: since when, until when it is served at least, and what to use. */
  readonly deprecated?: { readonly since: Instant; readonly until: Instant; readonly use: `/${string}` }
  /** Makes the operation a tool for agents at `/mcp`, under its own name and with the caller's own permissions. */
  readonly mcp?: true | { readonly destructive: true }
  /** Spoken by programs in a protocol of their own; the SDK leaves it out. */
  readonly protocol?: 'otlp' | 'mcp'
  /** Media types of a body that the handler reads itself (`readUpload`). */
  readonly accepts?: readonly string[]
  /** Media types of a raw answer, the usual one first. */
  readonly gives?: readonly string[]
  /** Body schema by status; null for none. The first status is the normal one. */
  readonly returns: Replies
  /** Set for answers that are not JSON: an event stream or bytes. The handler then returns a `Response`. */
  readonly raw?: 'event-stream' | 'bytes'
}

/** Declares a route. */
export const route = <const Shape extends RouteShape>(shape: Shape): Shape => shape

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : Record<string, never>

export type ParamsOf<Shape extends RouteShape> = Parsed<Shape['params']>
export type QueryOf<Shape extends RouteShape> = Parsed<Shape['query']>
export type BodyOf<Shape extends RouteShape> = Shape['body'] extends z.ZodType ? z.output<Shape['body']> : undefined

/** Every reply that the route may give: a status and the body that belongs to it. */
export type ReplyOf<Shape extends RouteShape> = {
  [Status in keyof Shape['returns'] & number]: {
    readonly status: Status
    readonly body: Shape['returns'][Status] extends z.ZodType ? z.input<Shape['returns'][Status]> : null
  }
}[keyof Shape['returns'] & number]

/** A reply; the contract holds status and body together. Headers are further ones, such as `etag`. */
export const reply = <const Status extends number, const Body>(
  status: Status,
  body: Body,
  headers: Readonly<Record<string, string>> = {},
): { readonly status: Status; readonly body: Body; readonly headers: Readonly<Record<string, string>> } => ({
  status,
  body,
  headers,
})

/** Query of every list: at most `limit` items after `cursor`. */
export const Page = z.object({
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
})
export type Page = z.infer<typeof Page>

/** Body of every list; `next` is the cursor of the following page, null on the last. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable() })

/** Cuts a list that was read with `limit + 1` rows into a page; `cursorOf` names the last item. */
export function page<Item>(
  rows: readonly Item[],
  limit: number,
  cursorOf: (item: Item) => string,
): { items: Item[]; next: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last !== undefined ? cursorOf(last) : null }
}
