// Starts workflows and talks to them by hand: `work` in the worker's image. See docker/README.md.
import { parseArgs } from 'node:util'
import { Client, Connection, ServiceError, WorkflowNotFoundError } from '@temporalio/client'
import { profile } from './profile.ts'
import { ready, register } from './service.ts'

const usage = `work start <workflow> [input as JSON] [--id <id>]   start one: durableDemo, longActivity, approval, pipeline, ...
work signal <id> <name> [argument as JSON]          send a signal
work update <id> <name> [argument as JSON]          send an update and wait for its answer
work query  <id> <name>                             ask its state
work result <id>                                    wait for its result
work list                                           the newest twenty
work effects                                        what the ledger accepted, and how often it was asked
work namespace                                      make the namespace, once the server answers
work ready                                          exit 0 if a worker polls the task queue`

const namespace = process.env['TEMPORAL_NAMESPACE'] || 'default'
const taskQueue = process.env['CHAOS_TASK_QUEUE'] || 'by-hand'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { id: { type: 'string' } } })
const [command = '', first = '', second, third] = positionals

type Command = (client: Client) => Promise<unknown>

const commands: Readonly<Record<string, Command>> = {
  async start(client) {
    const { start, activity } = profile()
    const workflowId = values.id ?? `${first}-${Date.now().toString(36)}`
    const input = { ...(json(second) as object | undefined), activity }
    await client.workflow.start(first, { ...start, taskQueue, workflowId, args: [input] })
    return workflowId
  },
  signal: (client) => client.workflow.getHandle(first).signal(second ?? '', ...argument()),
  update: (client) =>
    client.workflow.getHandle(first).executeUpdate<unknown, [unknown]>(second ?? '', { args: [json(third)] }),
  query: (client) => client.workflow.getHandle(first).query(second ?? ''),
  result: (client) => client.workflow.getHandle(first).result(),
  async list(client) {
    const found = []
    for await (const { workflowId, type, status, startTime } of client.workflow.list({ pageSize: 20 })) {
      found.push(`${status.name.padEnd(18)} ${startTime.toISOString()}  ${type.padEnd(14)} ${workflowId}`)
      if (found.length === 20) break
    }
    return found.join('\n')
  },
  async effects() {
    const response = await fetch(`${process.env['CHAOS_LEDGER_URL']}/effects`)
    const effects = (await response.json()) as { key: string; outcome: string; attempt: number }[]
    return effects
      .map(({ key, outcome, attempt }) => `${outcome.padEnd(8)} attempt ${attempt}  ${key}`)
      .join('\n')
  },
  namespace: ({ connection }) => register(connection, namespace),
  ready: ({ connection }) => ready(connection, namespace, taskQueue),
}

function argument(): unknown[] {
  return third === undefined ? [] : [json(third)]
}

function json(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch (thrown) {
    throw new Error(`not JSON: ${text}`, { cause: thrown })
  }
}

/** What happened, without the cluster of this script. */
function reason(thrown: unknown): string {
  if (thrown instanceof WorkflowNotFoundError) return `${first}: ${thrown.message}`
  if (!(thrown instanceof Error)) return String(thrown)
  const cause = thrown.cause instanceof Error ? `: ${thrown.cause.message}` : ''
  return `${thrown instanceof ServiceError ? 'the server: ' : ''}${thrown.message}${cause}`
}

const run = commands[command]
if (run === undefined) {
  console.error(usage)
  process.exitCode = 2
} else {
  try {
    const address = process.env['TEMPORAL_ADDRESS'] || '127.0.0.1:7233'
    // The server may not be up yet; each call says itself whether it works.
    const connection = Connection.lazy({ address })
    const answer = await run(new Client({ connection, namespace }))
    if (answer !== undefined && answer !== '') {
      console.log(typeof answer === 'string' ? answer : JSON.stringify(answer, null, 2))
    }
    await connection.close()
  } catch (thrown) {
    console.error(reason(thrown))
    process.exitCode = 1
  }
}
