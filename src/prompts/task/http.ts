/** The route of task suites: reads `task.yaml`, makes the suites, and puts them into the blueprint. */
import { type BlueprintFiles, textOf } from '../../core/blueprint/files.ts'
import { readYaml } from '../../core/blueprint/yaml-file.ts'
import { Failure, type Problem } from '../../kernel/failure.ts'
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { addFiles, type BlueprintWriter } from '../writer.ts'
import { writeTaskSuites } from './contract.ts'
import { TASK_FILES, TaskContract, taskFiles } from './task.ts'

const PATH = 'task.yaml'

export const taskHttp = (writer: BlueprintWriter): Mounted[] => [
  handle(writeTaskSuites, async ({ params: { name: application }, body, caller }) => {
    demandApplication(caller, application)
    const task = taskIn(body.files ?? (await writer.read(application)).files)
    const files = taskFiles(task)
    const written = !body.dryRun && body.files === undefined
    // They follow from task.yaml, so that they are written anew with it.
    if (written) await addFiles(writer, { application, files, by: caller, derived: DERIVED })
    const count = (side: readonly { examples: readonly unknown[] }[]) =>
      side.reduce((sum, { examples }) => sum + examples.length, 0)
    return reply(200, { files, inScope: count(task.inScope), outOfScope: count(task.outOfScope), written })
  }),
]

const DERIVED = Object.values(TASK_FILES).flatMap(({ dataset, suite }) => [dataset, suite])

function taskIn(files: BlueprintFiles): TaskContract {
  const file = files[PATH]
  if (file === undefined)
    throw new Failure(
      'unmet',
      'prompts.task-missing',
      'The blueprint has no task.yaml. Write one with task, inScope, outOfScope and instead.',
    )
  const problems: Problem[] = []
  const task = readYaml({ path: PATH, text: textOf(file), schema: TaskContract, problems })
  if (task) return task
  throw new Failure('invalid', 'prompts.task-invalid', `${PATH}: ${problems[0]?.field}: ${problems[0]?.message}.`, {
    problems,
  })
}
