/** What the settings say of providers: where their keys are found, and which addresses may be asked. */
import type { Config } from '../config.ts'

export const providerSettings = ({ credential, credentialNames, secretsFolder, reach }: Config) => ({
  credential,
  credentialNames,
  secretsFolder,
  reach,
})
