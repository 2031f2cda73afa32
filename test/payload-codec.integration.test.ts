// A payload codec against the real server: what the harness sends is encoded, and what it reads is decoded.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { defaultPayloadConverter } from '@temporalio/common'
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js'
import { msToTs } from '@temporalio/common/lib/time.js'
import { temporal } from '@temporalio/proto'
import { defineSignal } from '@temporalio/workflow'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { recordOf } from '../test/support/stored-record.ts'
import { xorCodec } from '../fixtures/xor-codec.ts'
import { startProcessCluster } from '../harness/cluster/backends/process/process-cluster.ts'
import { RunClock } from '../harness/core/clock.ts'
import { Deadline } from '../harness/core/deadline.ts'
import { recordFiles } from '../harness/record/files.ts'
import { readRecord } from '../harness/record/reader.ts'
import { observationsOf } from '../harness/record/record.ts'
import { RunRecorder } from '../harness/record/recorder.ts'
import { runObservations } from '../harness/observations/run-observations.ts'
import { Messages } from '../harness/scenario/messages.ts'
import { untilSeenByServer } from '../harness/scenario/runner/pending-activity.ts'
import { openSession } from '../harness/sessions/open-session.ts'
import { openObserver, type Observer } from '../harness/temporal/observer.ts'
import { encodePayloads } from '../harness/temporal/payloads.ts'
import { startOnce } from '../harness/temporal/start-once.ts'
import { defineScenario } from '../harness/index.ts'
import { workerDies } from '../controls/shared/steps.ts'
import { onlyRun, runTestCampaign } from './support/campaign.ts'
import { clusterBinaries } from './support/cluster-binaries.ts'

const never = new AbortController().signal
const owned = new AsyncDisposableStack()
let observer: Observer
beforeAll(async () => {
  const session = owned.use(await openSession())
  const binaries = await clusterBinaries(session)
  const { endpoint } = owned.use(await startProcessCluster({ session, binaries, signal: never }))
  observer = owned.use(await openObserver({ ...endpoint, dataConverter: { payloadCodecs: [xorCodec] } }))
})
afterAll(() => owned.disposeAsync())

const { CommandType } = temporal.api.enums.v1
const taskQueue = { name: 'coded' }

/** The service refuses a poll without a deadline. */
function polling<T>(poll: () => Promise<T>): Promise<T> {
  return observer.client.connection.withDeadline(Date.now() + 20_000, poll)
}

/** Answers the workflow's next task as a worker with the codec would. */
async function answerTask(...commands: temporal.api.command.v1.ICommand[]): Promise<void> {
  const { workflowService } = observer.client
  const { namespace } = observer
  const { taskToken } = await polling(() => workflowService.pollWorkflowTaskQueue({ namespace, taskQueue }))
  await workflowService.respondWorkflowTaskCompleted({ namespace, taskToken, commands })
}

test('a signal, a heartbeat and a result are encoded on the server and plain in the record', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'chaos-test-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(path.join(folder, recordFiles.effects), '')
  const clock = new RunClock()
  await using recorder = await RunRecorder.open(folder, recordOf([], []).header, clock)
  const deadline = Deadline.after(30_000)
  const { workflowService } = observer.client
  const { namespace } = observer
  const workflowId = 'coded'
  const runId = await startOnce(observer, 'coded', { workflowId, taskQueue: taskQueue.name })
  const run = { workflowId, runId }

  const step = <T>(_name: string, work: () => Promise<T>) => work()
  const messages = new Messages({ observer, recorder, deadline, run, effectsOf: () => [], step })
  await messages.from('ana').signal(defineSignal<[string]>('greet'), 'a plain word')

  const startToCloseTimeout = msToTs('30 s')
  const activity = { activityId: '1', activityType: { name: 'beat' }, taskQueue }
  await answerTask({
    commandType: CommandType.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK,
    scheduleActivityTaskCommandAttributes: { ...activity, startToCloseTimeout },
  })
  const { taskToken } = await polling(() => workflowService.pollActivityTaskQueue({ namespace, taskQueue }))
  const details = { payloads: await encodePayloads(observer, { workflowId, activityId: '1' }, [{ page: 7 }]) }
  await workflowService.recordActivityTaskHeartbeat({ namespace, taskToken, details })
  const scheduled = {
    eventId: '5',
    eventTime: '2026-01-01T00:00:00Z',
    eventType: 'EVENT_TYPE_ACTIVITY_TASK_SCHEDULED',
    activityTaskScheduledEventAttributes: { activityId: '1' },
  }
  const seen: unknown[] = []
  const isSeen = ({ heartbeat }: { readonly heartbeat: unknown }) =>
    seen.push(heartbeat) > 0 && heartbeat !== undefined
  await untilSeenByServer(observer, { run, isSeen }, scheduled, deadline, {
    what: 'the heartbeat',
    code: 'CHAOS_TEST',
  })
  expect(seen.at(-1)).toEqual({ page: 7 })

  await workflowService.respondActivityTaskCompleted({ namespace, taskToken })
  const result = { payloads: await encodePayloads(observer, run, [{ sum: 3 }]) }
  await answerTask({
    commandType: CommandType.COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION,
    completeWorkflowExecutionCommandAttributes: { result },
  })
  await runObservations({
    observer,
    database: null,
    dynamicConfigFile: null,
    replayer: null,
    serverLogSince: null,
    taskQueues: [],
    runs: [run],
    recorder,
    clock,
    serverZeroMs: clock.wallAtZeroMs,
    resources: [],
    machineUnobserved: null,
    tables: [],
    deadline,
    signal: never,
    health: never,
    own: [],
  })
  const [observed] = observationsOf(await readRecord(folder), 'history')
  expect(observed?.closing).toEqual({ kind: 'result', value: { sum: 3 } })
  const signaled = observed?.events.find(
    ({ eventType }) => eventType === 'EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED',
  )
  const [payload] = historyFromJSON({ events: [signaled] }).events?.[0]?.workflowExecutionSignaledEventAttributes?.input?.payloads ?? [] // prettier-ignore
  expect(Buffer.from(payload?.metadata?.['encoding'] ?? []).toString()).toBe('binary/xor')
  const [decoded] = await xorCodec.decode(payload === undefined ? [] : [payload])
  expect(decoded && defaultPayloadConverter.fromPayload(decoded)).toBe('a plain word')
})

test('a whole run through a codec: worker, client and replay are handed the same module', async () => {
  const coded = defineScenario({
    name: 'coded',
    promise: 'A durable timer outlives the worker that started it.',
    budgetMs: 20_000,
    probes: false,
    run: workerDies,
  })
  const dataConverter = fileURLToPath(new URL('../fixtures/xor-codec.ts', import.meta.url))
  await using outcome = await runTestCampaign({ scenarios: [coded], overrides: { dataConverter } })
  const run = onlyRun(outcome)
  expect(run).toMatchObject({ verdict: 'pass', reason: null })
  expect(run.checks.find(({ check }) => check === 'replay')).toMatchObject({ status: 'kept' })
  const [history] = observationsOf(await readRecord(path.join(outcome.folder, run.folder)), 'history')
  expect(history?.closing).toMatchObject({ kind: 'result', value: { sleptMs: expect.any(Number) } })
  expect(JSON.stringify(history?.events)).toContain(Buffer.from('binary/xor').toString('base64'))
}, 120_000)
