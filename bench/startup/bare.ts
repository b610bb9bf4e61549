/** The bare limit: a process that only opens the embedded engine on a folder, as the server does, and stays. */
import { openEmbedded } from '../../src/store/embedded.ts'

const [, , folder = '', made = 'seed'] = process.argv
await openEmbedded(folder, { seed: made === 'seed' })
console.log('The engine is ready.')
process.once('SIGTERM', () => process.exit(0))
