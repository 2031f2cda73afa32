// What `init` writes into a configuration, with what it could not find.
import type { FoundMessage, Language } from './language.ts'
import type { Look } from './look.ts'

export interface Draft {
  readonly language: Language
  readonly build?: readonly string[]
  readonly command: readonly string[]
  readonly queue: string
  readonly workload: string
  readonly type: string
  /** As the code has them; undefined if it is not known whether there are any. */
  readonly parameters?: string
  readonly otherTypes: readonly string[]
  readonly messages: readonly FoundMessage[]
  readonly replay: readonly string[]
  /** What a person has to fill in. */
  readonly todos: readonly string[]
}

/** What somebody answered, or knows better than the code says. */
export interface Answers {
  readonly type?: string
  readonly queue?: string
  readonly command?: readonly string[]
}

/** Stands where something has to be filled in, so that the configuration can be read at once. */
export const missing = 'TODO'

export function draftOf(found: Look, answers: Answers = {}): Draft {
  const { language, workflows, queues, messages, replay, build } = found
  const type = answers.type ?? workflows[0]?.type
  const queue = answers.queue ?? queues[0]
  const command = answers.command ?? found.worker
  const parameters = workflows.find((one) => one.type === type)?.parameters
  const todos = [
    ...(command === undefined ? ['the command that starts your worker'] : []),
    ...(queue === undefined ? ['the task queue that your worker polls'] : []),
    ...(type === undefined ? ['the type of a workflow that your worker registers'] : []),
    ...(parameters === '' ? [] : ['the arguments of the workflow']),
  ]
  return {
    language,
    ...(build === undefined || answers.command !== undefined ? {} : { build }),
    command: command ?? [missing],
    queue: queue ?? missing,
    workload: nameFor(type),
    type: type ?? missing,
    ...(parameters === undefined ? {} : { parameters }),
    otherTypes: workflows.map((one) => one.type).filter((other) => other !== type),
    messages,
    replay,
    todos,
  }
}

/** `OrderWorkflow` and `order_workflow` are `order`. */
function nameFor(type: string | undefined): string {
  const words = (type ?? '')
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '-')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
  const telling = words.filter((word) => word !== 'workflow')
  return (telling.length > 0 ? telling : words).join('-') || 'work'
}
