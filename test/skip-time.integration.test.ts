// The server really skips time. A workflow with a start delay waits for nothing else, and needs no worker.
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Deadline } from '../harness/core/deadline.ts'
import { fetchHistory, followHistory, HistoryCapture } from '../harness/temporal/history-capture.ts'
import { eventName } from '../harness/history/event.ts'
import { openObserver, type Observer } from '../harness/temporal/observer.ts'
import type { Happening } from '../harness/record/recorder.ts'
import { skipRequestsOf } from '../harness/history/skip-request.ts'
import { skippedMsIn } from '../harness/history/virtual-time.ts'
import { skipTime } from '../harness/scenario/skip-time.ts'
import {
  startProcessCluster,
  type ProcessCluster,
} from '../harness/cluster/backends/process/process-cluster.ts'
import { clusterBinaries } from './support/cluster-binaries.ts'
import { openSession } from '../harness/sessions/open-session.ts'

const dayMs = 86_400_000
const never = new AbortController().signal
const owned = new AsyncDisposableStack()
let cluster: ProcessCluster
let observer: Observer
beforeAll(async () => {
  const session = owned.use(await openSession())
  const binaries = await clusterBinaries(session)
  cluster = owned.use(await startProcessCluster({ session, binaries, signal: never }))
  observer = owned.use(await openObserver(cluster.endpoint))
})
afterAll(() => owned.disposeAsync())

/** A followed workflow that no worker runs. */
async function started(workflowId: string, startDelay: number): Promise<HistoryCapture> {
  const taskQueue = 'nobody-polls-this'
  const handle = await observer.client.workflow.start('nobodyRunsThis', { workflowId, taskQueue, startDelay })
  const capture = new HistoryCapture({ workflowId, runId: handle.firstExecutionRunId })
  const over = new AbortController()
  const listener = { event: () => undefined, gap: () => undefined }
  const following = followHistory(observer, capture, listener, over.signal)
  owned.defer(async () => {
    over.abort()
    await following
  })
  return capture
}

/** The timeline entries of a skip. */
async function skipped(capture: HistoryCapture, durationMs: number, through: Observer, withinMs = 20_000) {
  const marks: Happening[] = []
  const recorder = { mark: (happening: Happening) => marks.push(happening) }
  const deadline = Deadline.after(withinMs)
  await skipTime({ observer: through, recorder, capture, deadline, durationMs })
  return marks
}

test('a delay of a day ends at once, and exactly that much is skipped', async () => {
  const capture = await started('delayed', dayMs)
  const marks = await skipped(capture, dayMs, observer)
  expect(marks).toEqual([
    {
      kind: 'time-skipped',
      ...capture.run,
      durationMs: dayMs,
      skippedMs: skippedMsIn(capture.events),
    },
  ])
  expect(skippedMsIn(capture.events)).toBeGreaterThan(dayMs - 20_000)
  const isTask = (event: Parameters<typeof eventName>[0]) => eventName(event) === 'WorkflowTaskScheduled'
  await capture.until((events) => events.find(isTask), Deadline.after(10_000), {
    what: 'the first workflow task',
    code: 'CHAOS_TEST',
  })
})

test('is requested once, even if the answer to the first try was lost', async () => {
  const capture = await started('asked-again', dayMs)
  await using relay = await openRelay(cluster.endpoint.address)
  await using through = await openObserver({ ...cluster.endpoint, address: relay.address })
  relay.loseNextAnswer()
  await skipped(capture, dayMs / 2, through)
  const events = await fetchHistory(observer, capture.run, never)
  expect(relay.cuts).toBe(1)
  expect(skipRequestsOf(events)).toHaveLength(1)
  expect(Math.round(skippedMsIn(events))).toBe(dayMs / 2)
})

test('a workflow with running work is never skipped', async () => {
  const capture = await started('at-work', 0)
  await expect(skipped(capture, dayMs, observer, 1_500)).rejects.toMatchObject({
    code: 'CHAOS_TIME_NOT_SKIPPED',
    kind: 'unmet',
    message: expect.stringMatching(/^waited 1\.5 s for the server to skip 24 h 00 min of at-work$/),
  })
})

test('nor is one whose time has already passed', async () => {
  const capture = await started('too-late', 0)
  await expect(skipped(capture, 1_000, observer)).rejects.toMatchObject({
    code: 'CHAOS_TIME_NOT_SKIPPED',
    message: expect.stringMatching(/had no opportunity/),
  })
})

/** A relay to the server that loses the next answer together with the connection. */
async function openRelay(address: string) {
  const { hostname, port } = new URL(`http://${address}`)
  const sockets = new Set<Socket>()
  let isArmed = false
  let cuts = 0
  function cut(client: Socket, upstream: Socket) {
    isArmed = false
    cuts += 1
    upstream.unpipe(client)
    // Leaves the server enough time to carry out the request.
    setTimeout(() => {
      client.destroy()
      upstream.destroy()
    }, 500)
  }
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
    }
    client.on('data', () => {
      if (isArmed) cut(client, upstream)
    })
    client.pipe(upstream).pipe(client)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    get cuts() {
      return cuts
    },
    loseNextAnswer() {
      isArmed = true
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
