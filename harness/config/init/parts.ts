// The parts of a configuration that every format has, each with comments that say what it is for.
import { missing, type Draft } from './draft.ts'
import type { Language } from './language.ts'

/** The example of each language. */
export const replayers: Readonly<Record<Language, string>> = {
  typescript: 'examples/typescript/src/replay.ts',
  python: 'examples/python/replay.py',
  go: 'examples/go/replay/main.go',
  java: 'examples/java/src/test/java/orders/Replay.java',
}

export interface Syntax {
  /** Before a comment. */
  readonly mark: string
  list(values: readonly string[]): string
  field(name: string, value: string): string
  message(kind: string, name: string): string
}

export const toml: Syntax = {
  mark: '# ',
  list: (values) => `[${values.map((value) => JSON.stringify(value)).join(', ')}]`,
  field: (name, value) => `${name} = ${value}`,
  message: (kind, name) => `[{ at = "started", ${kind} = ${JSON.stringify(name)}, args = [] }]`,
}

export const typescript: Syntax = {
  mark: '// ',
  list: (values) => `[${values.map(quoted).join(', ')}]`,
  field: (name, value) => `${name}: ${value},`,
  message: (kind, name) => `[{ at: 'started', ${kind}: ${quoted(name)}, args: [] }]`,
}

export function headOf({ mark }: Syntax, installed: string | undefined): string[] {
  return [
    `${mark}What temporal-chaos tests: how your worker is started, and how one of its workflows is.`,
    `${mark}Every field is explained in ${inPackage('docs/your-worker.md', installed)}.`,
  ]
}

const scenarioPattern = 'chaos/*.{ts,js,mjs}'

export function scenariosOf({ mark, field, list }: Syntax): string[] {
  return [
    `${mark}Scenarios of your own, beside the generic ones: each file exports one.`,
    field('scenarios', list([scenarioPattern])),
  ]
}

export function workerOf({ command, queue }: Draft, syntax: Syntax): string[] {
  const { mark, list, field } = syntax
  return [
    ...(command[0] === missing
      ? [`${mark}TODO: the command that starts your worker: the program, then its arguments.`]
      : []),
    field('command', list(command)),
    ...(queue === missing ? [`${mark}TODO: the task queue that it polls.`] : []),
    field('taskQueues', list([queue])),
  ]
}

export function workloadOf(draft: Draft, syntax: Syntax): string[] {
  const { mark, field, list, message } = syntax
  const { type, queue, parameters, otherTypes, messages } = draft
  const text = (value: string) => list([value]).slice(1, -1)
  const takes =
    parameters === undefined ? 'the arguments of the workflow' : `the arguments of ${type}: ${parameters}`
  const [sent] = messages
  return [
    ...(otherTypes.length > 0
      ? [`${mark}Also seen: ${shortList(otherTypes)}. Each may have a workload of its own.`]
      : []),
    ...(type === missing ? [`${mark}TODO: the type of a workflow that your worker registers.`] : []),
    field('type', text(type)),
    field('taskQueue', text(queue)),
    ...(parameters === ''
      ? []
      : [
          `${mark}TODO: ${takes}`,
          `${mark}Values as in JSON. In a text, {{workflow.id}} stands for an id that is another one in every run.`,
        ]),
    field('args', '[]'),
    ...(sent === undefined
      ? []
      : [
          `${mark}Seen: ${shortList(messages.map(({ kind, name }) => `${kind} ${name}`))}. If the workflow waits for a message, send it: at "started", "timer 1",`,
          `${mark}"activity 2" or { "afterMs": 500 }.`,
          `${mark}${field('messages', message(sent.kind, sent.name))}`,
        ]),
    `${mark}How the workflow must end. Without it: as it did twice without faults.`,
    `${mark}${field('expect', text('completed'))}`,
  ]
}

export function replayOf(
  { language, replay }: Draft,
  { mark, field, list }: Syntax,
  installed: string | undefined,
): string[] {
  return [
    `${mark}Optional: a program that replays the histories of every run against your code, such as`,
    `${mark}${inPackage(replayers[language], installed)}.`,
    `${mark}${field('command', list(replay))}`,
  ]
}

/** Without these nobody looks for work that was done twice. */
export function effectsOf({ mark }: Syntax, installed: string | undefined): string[] {
  return [
    `${mark}Optional: what your activities did, by a query of your own tables (\`rows\`) or by calls of the ledger.`,
    `${mark}Without them nobody sees whether work was done twice: ${inPackage('docs/ledger.md', installed)}.`,
  ]
}

/** A file of the package, as its reader finds it. */
export function inPackage(file: string, installed: string | undefined): string {
  return installed === undefined ? `${file} of the package temporal-chaos` : `${installed}/${file}`
}

function shortList(names: readonly string[]): string {
  return names.length > 8 ? `${names.slice(0, 8).join(', ')} and ${names.length - 8} more` : names.join(', ')
}

export function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`
}
