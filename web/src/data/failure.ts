/** What went wrong, as pages need to tell it apart. */
import { AirworthyError } from '../../../sdk/index.ts'

/**
 * The page could not reach the server at all. Nothing was changed. `fetch` throws a TypeError, and so does every mistake
 * of ours; only its words tell them apart.
 */
export const isOffline = (failure: unknown): boolean =>
  failure instanceof TypeError && /fetch|network|load failed/i.test(failure.message)
export const isSignedOut = (failure: unknown): boolean => failure instanceof AirworthyError && failure.status === 401
/** A job counts the answer; its message says how far it is. Asking again is what a page does meanwhile. */
export const isCounting = (failure: unknown): failure is AirworthyError =>
  failure instanceof AirworthyError && failure.code === 'evals.counting'
