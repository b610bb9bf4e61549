/** One call of a tool that waited for a person, outside of any answer: as the release has the tool, and once. */
import type { Manifest } from '../core/manifest.ts'
import { guardsOf } from '../guardrails/index.ts'
import { Failure } from '../kernel/failure.ts'
import { type CallToolDeps, callTool } from './call-tool.ts'
import { guardTools } from './guarding-tools.ts'
import type { ToolRecordDeps } from './tool-record.ts'

export type MakeCall = {
  readonly manifest: Manifest
  readonly tool: string
  /** JSON that was held against the tool when the model wanted the call. */
  readonly arguments: string
}

/** Resolves with what the tool gave, as the guardrails of the release let it be read. Throws `flows.tool-…`. */
export async function makeCall(deps: CallToolDeps & ToolRecordDeps, ask: MakeCall): Promise<string> {
  const { manifest, tool: name } = ask
  const part = manifest.tools?.find((one) => one.name === name)
  const call = part?.tool.call
  if (!part || call?.kind !== 'http')
    throw new Failure('invalid', 'flows.tool-unknown', `The release calls no tool ${name} at an address.`)
  const guards = guardTools(guardsOf(manifest.guardrails), { clock: deps.clock, keep: () => {} })
  const given = await callTool(deps, {
    name,
    tool: { ...part.tool, call },
    arguments: ask.arguments,
    // It ends within the tool's own time limit; nobody takes a call back that is on its way.
    signal: new AbortController().signal,
    onAttempt: () => {},
  })
  return guards.inward(given)
}
