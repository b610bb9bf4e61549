/** What went wrong, as pages need to tell it apart. */
import { AirworthyError } from '../../../sdk/index.ts'

/** The page could not reach the server at all. Nothing was changed. */
export const isOffline = (failure: unknown): boolean => failure instanceof TypeError
export const isSignedOut = (failure: unknown): boolean => failure instanceof AirworthyError && failure.status === 401
