/** The public surface of the SDK; the shapes are all those of the routes. */
export { type Answer, ask, askInPieces, type Question } from './ask.ts'
export { AirworthyError, type CallOptions, type ClientOptions } from './client.ts'
export { eventsOf, type ServerSentEvent } from './events.ts'
export { airworthyMatchers, type SuiteDemand } from './matchers.ts'
export type * from './operations.ts'
export { createClient, operationNames, placeInputs } from './operations.ts'
export { all } from './pages.ts'
export { type Changed, watch } from './watch.ts'
