/** One call of a stub, with the failures that the system behind it would have. */
import { answerOfStub, type ToolStub } from '../core/tool-stub.ts'
import { Failure } from '../kernel/failure.ts'

/** Throws `flows.tool-unavailable` where it is to fail, `flows.tool-refused` where it has no answer. */
export function callStub(name: string, stub: ToolStub, args: string): string {
  const answered = answerOfStub(stub, args)
  if (answered.kind === 'result') return answered.text
  if (answered.kind === 'fails')
    throw new Failure('unavailable', 'flows.tool-unavailable', `The tool ${name} could not be reached.`)
  throw new Failure('invalid', 'flows.tool-refused', `The tool ${name} has no answer to these arguments.`)
}
