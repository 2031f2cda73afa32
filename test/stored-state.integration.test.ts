// The database's own view of workflows, on a real server: whole until somebody deletes a row.
import { Client } from 'pg'
import { parse } from 'yaml'
import { msToTs } from '@temporalio/common/lib/time.js'
import { temporal } from '@temporalio/proto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ProcessCluster } from '../harness/cluster/backends/process/process-cluster.ts'
import { readStoredRuns, whyUnknownSchema } from '../harness/cluster/stored-state.ts'
import type { WorkflowRun } from '../harness/history/workflow-run.ts'
import { storedState } from '../harness/checks/stored-state.ts'
import { openObserver, type Observer } from '../harness/temporal/observer.ts'
import { startOnce } from '../harness/temporal/start-once.ts'
import { configOf, openTestClusters } from './support/clusters.ts'
import { judged } from './support/judged-record.ts'
import { recordOf } from './support/stored-record.ts'

const owned = new AsyncDisposableStack()
let cluster: ProcessCluster
let observer: Observer
let run: WorkflowRun
beforeAll(async () => {
  cluster = owned.use(await owned.use(await openTestClusters()).start())
  observer = owned.use(await openObserver(cluster.endpoint))
  run = await startPending('stored')
}, 120_000)
afterAll(() => owned.disposeAsync())

const { CommandType } = temporal.api.enums.v1
/** A workflow with a timer of a minute, one of an hour, an activity that nobody takes, and one that runs. */
async function startPending(
  workflowId: string,
  options: { readonly workflowRunTimeout?: '2 hours' } = {},
): Promise<WorkflowRun> {
  const { workflowService, connection } = observer.client
  const { namespace } = observer
  const taskQueue = { name: workflowId }
  const runId = await startOnce(observer, 'stored', { ...options, workflowId, taskQueue: taskQueue.name })
  const polling = <T>(poll: () => Promise<T>) => connection.withDeadline(Date.now() + 30_000, poll)
  const { taskToken } = await polling(() => workflowService.pollWorkflowTaskQueue({ namespace, taskQueue }))
  const timer = (timerId: string, length: '1 minute' | '1 hour') => ({
    commandType: CommandType.COMMAND_TYPE_START_TIMER,
    startTimerCommandAttributes: { timerId, startToFireTimeout: msToTs(length) },
  })
  const activity = (activityId: string, queue: string) => ({
    commandType: CommandType.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK,
    scheduleActivityTaskCommandAttributes: {
      activityId,
      activityType: { name: 'work' },
      taskQueue: { name: queue },
      startToCloseTimeout: msToTs('1 hour'),
    },
  })
  const commands = [timer('far', '1 hour'), timer('near', '1 minute'), activity('waiting', 'nobody'), activity('running', taskQueue.name)] // prettier-ignore
  await workflowService.respondWorkflowTaskCompleted({ namespace, taskToken, commands })
  const { activityId } = await polling(() => workflowService.pollActivityTaskQueue({ namespace, taskQueue }))
  expect(activityId).toBe('running')
  return { workflowId, runId }
}

/** What the check says of the database now. */
async function foundNow(...runs: readonly WorkflowRun[]): Promise<string[]> {
  const record = recordOf([], [])
  const looks = await readStoredRuns(cluster.database, runs.length === 0 ? [run] : runs)
  const stored = looks.map((one) => ({ kind: 'stored-run', ...one }) as const)
  const answer = judged(storedState, { ...record, observations: [...record.observations, ...stored] })
  expect(answer.status).toBe(answer.findings.length > 0 ? 'broken' : 'kept')
  return answer.findings.map(({ kind, message }) => `${kind}: ${message}`)
}

/** What the check says after a change of the database, which is undone then. */
async function foundAfter(...statements: string[]): Promise<string[]> {
  const { persistence } = parse(configOf(cluster)) as {
    persistence: { datastores: { default: { sql: { connectAddr: string; user: string; password: string } } } }
  }
  const { connectAddr, user, password } = persistence.datastores.default.sql
  const [host = '', port] = connectAddr.split(':')
  const client = new Client({ host, port: Number(port), user, password, database: 'temporal' })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
    return await foundNow()
  } finally {
    await client.end()
  }
}

test('the schema is known, and a healthy workflow has all its rows', async () => {
  expect(await whyUnknownSchema(cluster.database)).toBeNull()
  const [stored] = await readStoredRuns(cluster.database, [run])
  expect(stored).toMatchObject({
    ...run,
    nextEventId: 9,
    isRunning: true,
    expires: false,
    skipsTime: false,
    isVersioned: false,
    deadLetters: [],
    timers: expect.arrayContaining([
      { timerId: 'far', startedEventId: 5, expiresAtMs: expect.any(Number) },
      { timerId: 'near', startedEventId: 6, expiresAtMs: expect.any(Number) },
    ]),
    activities: expect.arrayContaining([
      { activityId: 'waiting', scheduledEventId: 7, isStarted: false, isPaused: false, attempt: 1 },
      { activityId: 'running', scheduledEventId: 8, isStarted: true, isPaused: false, attempt: 1 },
    ]),
  })
  expect(stored?.batches[0]).toMatchObject({ firstEventId: 1, previous: '0' })
  expect(await foundNow()).toEqual([])
})

test('a run that the database does not know is left out, and nothing may be written', async () => {
  const unknown = { workflowId: 'none', runId: '00000000-0000-4000-8000-000000000000' }
  expect(await readStoredRuns(cluster.database, [unknown])).toEqual([])
  await expect(cluster.database.query('DELETE FROM timer_tasks')).rejects.toMatchObject({ code: '25006' })
  await expect(cluster.database.query('SELECT pg_sleep(5)')).rejects.toMatchObject({ code: '57014' })
})

test('a history that begins in that of another run has no gap', async () => {
  const { workflowService } = observer.client
  const { workflowId, runId } = await startPending('forked')
  const request = temporal.api.workflowservice.v1.ResetWorkflowExecutionRequest.fromObject({
    namespace: observer.namespace,
    workflowExecution: { workflowId, runId },
    workflowTaskFinishEventId: 4,
    requestId: 'reset',
    reason: 'to fork the history',
  })
  const reset = await workflowService.resetWorkflowExecution(request)
  const runs = [runId, reset.runId].map((one) => ({ workflowId, runId: one }))
  expect(await foundNow(...runs)).toEqual([])
  const [, forked] = await readStoredRuns(cluster.database, runs)
  expect(forked?.batches[0]).toMatchObject({ firstEventId: 1, previous: '0' })
})

test('workflows with rules of their own: closed, with a timeout, with time that is skipped', async () => {
  const { client, namespace } = observer
  const closed = await startPending('closed')
  await client.workflow.getHandle(closed.workflowId).terminate()
  const expiring = await startPending('expiring', { workflowRunTimeout: '2 hours' })
  const skipping = await startPending('skipping')
  const id = 'two-hours'
  await client.workflowService.updateWorkflowExecutionOptions({
    namespace,
    workflowExecution: { ...skipping },
    workflowExecutionOptions: {
      timeSkippingConfig: { enabled: true, fastForwardConfig: { id, duration: msToTs('2 hours') } },
    },
    updateMask: { paths: ['time_skipping_config'] },
  })
  const rules = (await readStoredRuns(cluster.database, [closed, expiring, skipping])).map(
    ({ isRunning, expires, skipsTime, timers }) => [isRunning, expires, skipsTime, timers.length],
  )
  expect(rules).toEqual([
    [false, false, false, 2],
    [true, true, false, 2],
    [true, false, true, 2],
  ])
  expect(await foundNow(closed, expiring, skipping)).toEqual([])
})

// The server must not write while rows are missing, and each test needs them back.
test('rows that are gone are found, each kind by itself', async () => {
  await cluster.server.pause()
  const kept = ['timer_tasks', 'transfer_tasks', 'tasks', 'tasks_v2', 'history_node']
  const copied = kept.map((table) => `CREATE TABLE copy_of_${table} AS SELECT * FROM ${table}`)
  expect(await foundAfter(...copied)).toEqual([])
  const restored = (table: string) => [
    `DELETE FROM ${table}`,
    `INSERT INTO ${table} SELECT * FROM copy_of_${table}`,
  ]

  expect(await foundAfter('DELETE FROM timer_tasks')).toEqual([
    expect.stringMatching(/^safety: timer near of stored \(event 6\), due at .*, has no task/),
    expect.stringMatching(/^safety: activity running of stored \(event 8, attempt 1\) is running and has no/),
  ])
  expect(await foundAfter(...restored('timer_tasks'))).toEqual([])

  const queues = ['transfer_tasks', 'tasks', 'tasks_v2']
  expect(await foundAfter(...queues.map((table) => `DELETE FROM ${table}`))).toEqual([
    expect.stringMatching(
      /^safety: activity waiting of stored \(event 7, attempt 1\) is not running and has no/,
    ),
  ])
  expect(await foundAfter(...queues.flatMap(restored))).toEqual([])

  for (const [node, gap] of [
    [1, 'its first batch'],
    [3, 'what follows the batch that begins with event 1'],
    [4, 'what follows the batch that begins with event 3'],
  ] as const) {
    const found = `safety: the stored history of stored has a gap: ${gap} is missing; it has 8 events`
    expect(await foundAfter(`DELETE FROM history_node WHERE node_id = ${node}`)).toEqual([found])
    expect(await foundAfter(...restored('history_node'))).toEqual([])
  }

  const letter = (runId: string, id: number) =>
    `INSERT INTO queue_messages VALUES (2, '1_active_active_hash', 0, ${id}, convert_to('x${runId}x', 'UTF8'), 'Proto3')`
  expect(await foundAfter(letter('00000000-0000-4000-8000-000000000000', 0))).toEqual([])
  expect(await foundAfter(letter(run.runId, 1))).toEqual([
    'safety: the server gave up on 1 task of stored: see its dead letter queue 1_active_active_hash',
  ])

  expect(await foundAfter("UPDATE schema_version SET curr_version = '1.20'")).toEqual(expect.any(Array))
  expect(await whyUnknownSchema(cluster.database)).toBe(
    "the database's schema 1.20 is none that the harness can read: 1.19",
  )
})
