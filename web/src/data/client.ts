/** The one client of the pages: the SDK on the page's own origin, signed in by the session cookie. */
import { createClient } from '../../../sdk/index.ts'

export const client = createClient({ baseUrl: '' })
