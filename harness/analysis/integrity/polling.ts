// Who polls what: workers say it when they get ready, and the service when the scenario is over.
import { serverZeroMs } from '../../record/header.ts'
import { observationsOf, type RunRecord } from '../../record/record.ts'
import { entriesOf, type EntryOf } from '../../record/timeline.ts'

/** Clocks of two machines may differ by this much. */
const clockSlackMs = 1_000

export function pollingDamage(record: RunRecord): string[] {
  const incarnations = entriesOf(record.timeline, 'incarnation')
  return [
    ...queueDamage(record, incarnations),
    ...listDamage(record, incarnations),
    ...instantDamage(record, incarnations),
  ]
}

type Incarnations = readonly EntryOf<'incarnation'>[]

/** Queues that no worker polls. Older records do not name those that one does. */
function queueDamage(record: RunRecord, incarnations: Incarnations): string[] {
  const polled = incarnations.flatMap(({ taskQueues = [] }) => taskQueues)
  if (polled.length === 0) return []
  const names = new Set(polled.map(({ name }) => name))
  const asked = [
    ...entriesOf(record.timeline, 'still-working'),
    ...entriesOf(record.timeline, 'queue-unpolled'),
    ...observationsOf(record, 'pollers'),
  ]
  return asked
    .filter(({ queue }) => !names.has(queue))
    .map(({ kind, queue }) => `"${kind}" tells of the task queue ${queue}, which no worker polls`)
}

/** Each queue has a list, and whoever polled shortly before is on it. Older records have no lists. */
function listDamage(record: RunRecord, incarnations: Incarnations): string[] {
  const lists = observationsOf(record, 'pollers')
  if (lists.length === 0) return []
  const polling = new Set(
    entriesOf(record.timeline, 'still-polling').flatMap(({ identity, answered }) =>
      answered ? [identity] : [],
    ),
  )
  return incarnations.flatMap(({ identity, identities = [], taskQueues = [] }) =>
    taskQueues.flatMap(({ name, polls }) =>
      polls.flatMap((kind) => {
        const list = lists.find((one) => one.queue === name && one.polls === kind)
        if (list === undefined) return [`nothing says who polls ${name} for ${kind} tasks`]
        const isListed = list.pollers.some((one) => identities.includes(one.identity))
        if (isListed || !polling.has(identity)) return []
        return [`worker ${identity} still polled, and is no ${kind} poller of ${name}`]
      }),
    ),
  )
}

function instantDamage(record: RunRecord, incarnations: Incarnations): string[] {
  const zeroMs = serverZeroMs(record.header)
  const spawnedMs = new Map(
    incarnations.flatMap(({ identity, phase, atMs, isAttached }) =>
      // A worker that ran before the run has polled before it as well.
      phase === 'spawned' && isAttached !== true ? [[identity, atMs] as const] : [],
    ),
  )
  return observationsOf(record, 'pollers').flatMap(({ queue, pollers }) =>
    pollers.flatMap(({ identity, lastAccessWallMs }) => {
      const worker = incarnations.find(({ identities = [] }) => identities.includes(identity))?.identity ?? ''
      const polledMs = lastAccessWallMs - zeroMs
      return polledMs < (spawnedMs.get(worker) ?? -Infinity) - clockSlackMs
        ? [`worker ${worker} polled ${queue} at ${polledMs.toFixed(0)} ms, before it was started`]
        : []
    }),
  )
}
