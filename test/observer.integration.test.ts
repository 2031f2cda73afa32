// The observer while its server dies, hangs and comes back: it notices, retries and is back at once.
import { getEventListeners } from 'node:events'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { monotonicMs } from '../harness/core/clock.ts'
import { Deadline } from '../harness/core/deadline.ts'
import { followHistory, HistoryCapture } from '../harness/temporal/history-capture.ts'
import { isClosing } from '../harness/history/event.ts'
import { openObserver, retryThroughOutage, type Observer } from '../harness/temporal/observer.ts'
import {
  startProcessCluster,
  type ProcessCluster,
} from '../harness/cluster/backends/process/process-cluster.ts'
import { measureClockOffset } from '../harness/temporal/clock-offset.ts'
import { startOnce } from '../harness/temporal/start-once.ts'
import { listedPollers } from '../harness/temporal/pollers.ts'
import { clusterBinaries } from './support/cluster-binaries.ts'
import { openSession } from '../harness/sessions/open-session.ts'

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

beforeEach(async () => {
  if (cluster.server.isPaused) await cluster.server.resume()
  if (cluster.server.pid === null) await cluster.server.start()
})

/** @returns the run's id */
function start(workflowId: string): Promise<string> {
  return startOnce(observer, 'nobodyRunsThis', { workflowId, taskQueue: 'nobody-polls-this' })
}

test('the clock of a server on this machine is the harness’s own', async () => {
  const { offsetMs, errorMs } = await measureClockOffset(observer, never)
  // Date.now() has whole milliseconds.
  expect(Math.abs(offsetMs)).toBeLessThanOrEqual(errorMs + 1)
})

describe('a call while the server is down', () => {
  test('fails at once by itself', async () => {
    await cluster.server.kill()
    const startedMs = monotonicMs()
    await expect(start('at-once')).rejects.toMatchObject({ cause: { code: 14 } })
    expect(monotonicMs() - startedMs).toBeLessThan(1_000)
  })

  test('survives the outage if it is retried', async () => {
    await cluster.server.kill()
    const starting = retryThroughOutage(observer, Deadline.after(30_000), 'the start', () => start('retried'))
    await cluster.server.start()
    // A second call gives the same run, even if the first answer was lost.
    expect(await start('retried')).toBe(await starting)
  })

  test('a start whose answer was lost finds the workflow, even if that has ended meanwhile', async () => {
    const runId = await start('over-already')
    await observer.client.workflow.getHandle('over-already').terminate()
    expect(await start('over-already')).toBe(runId)
  })

  test('fails at the deadline, with the last error', async () => {
    await cluster.server.kill()
    await expect(
      retryThroughOutage(observer, Deadline.after(300), 'the start', () => start('given-up')),
    ).rejects.toMatchObject({
      code: 'CHAOS_SERVICE_UNREACHABLE',
      message: expect.stringMatching(/^waited .* for the start; last: .*(UNAVAILABLE|No connection)/s),
    })
  })

  test('errors other than an outage are thrown unchanged', async () => {
    const gone = observer.client.workflow.getHandle('there-is-none')
    await expect(
      retryThroughOutage(observer, Deadline.after(30_000), 'the end', () => gone.terminate()),
    ).rejects.toMatchObject({ name: 'WorkflowNotFoundError' })
  })
})

describe('a call to a server that is paused', () => {
  test('ends with its signal', async () => {
    await cluster.server.pause()
    const interrupted = new AbortController()
    const queues = [{ name: 'q', polls: ['workflow'] }] as const
    const asking = listedPollers(observer, queues, interrupted.signal)
    interrupted.abort()
    await expect(asking).rejects.toMatchObject({ code: 1 })
    await expect(listedPollers(observer, queues, interrupted.signal)).rejects.toThrow(/abort/)
    expect(getEventListeners(interrupted.signal, 'abort')).toHaveLength(0)
  })

  test('is awaited no longer than the deadline', async () => {
    await cluster.server.pause()
    await expect(
      retryThroughOutage(observer, Deadline.after(300), 'the start', () => start('paused')),
    ).rejects.toMatchObject({ code: 'CHAOS_SERVICE_UNREACHABLE' })
  })
})

test('a followed history has one gap for an outage, and continues', async () => {
  const capture = new HistoryCapture({ workflowId: 'followed', runId: await start('followed') })
  const gaps: string[] = []
  const over = new AbortController()
  const following = followHistory(
    observer,
    capture,
    { event: () => undefined, gap: (_, message) => gaps.push(message) },
    over.signal,
  )
  const waiting = { what: 'an event', code: 'CHAOS_TEST' } as const
  await capture.until((events) => events[0], Deadline.after(10_000), waiting)
  await cluster.server.kill()
  await cluster.server.start()
  const backMs = monotonicMs()
  await observer.client.workflow.getHandle('followed').terminate()
  await capture.until((events) => events.find(isClosing), Deadline.after(10_000), waiting)
  // With the client's own retries it was up to 6.5 s.
  expect(monotonicMs() - backMs).toBeLessThan(2_000)
  // Any listener left behind by its calls would still be counted here.
  await following
  expect(getEventListeners(over.signal, 'abort')).toHaveLength(0)
  expect(gaps).toHaveLength(1)
  over.abort()
})
