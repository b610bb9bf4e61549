/** Binds a route to its handler. Handlers are thin: one verb, then map the outcome to a reply. */
import type { Caller } from './caller.ts'
import type { BodyOf, ParamsOf, QueryOf, ReplyOf, RouteShape } from './route.ts'

export type Ask<Shape extends RouteShape> = {
  readonly params: ParamsOf<Shape>
  readonly query: QueryOf<Shape>
  readonly body: BodyOf<Shape>
  readonly caller: Shape['permission'] extends 'open' ? Caller | undefined : Caller
  /** Aborted when the client hangs up. */
  readonly signal: AbortSignal
  readonly request: Request
}

export type Handler<Shape extends RouteShape> = (
  ask: Ask<Shape>,
) => Promise<Shape['raw'] extends string ? Response : ReplyOf<Shape>>

/** A route with its handler, types forgotten: the list that `api` mounts. */
export type Mounted = {
  readonly route: RouteShape
  readonly handler: (
    ask: Ask<RouteShape>,
  ) => Promise<Response | { status: number; body: unknown; headers?: Readonly<Record<string, string>> }>
}

export const handle = <const Shape extends RouteShape>(route: Shape, handler: Handler<Shape>): Mounted => ({
  route,
  // The types are proved by the parameter above; a list of routes cannot carry them.
  handler: handler as unknown as Mounted['handler'],
})
