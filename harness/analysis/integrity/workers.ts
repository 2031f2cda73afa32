// The lives of workers on the timeline: each incarnation is spawned, gets ready and exits, once and in order.
import type { RunRecord } from '../../record/record.ts'
import { entriesOf, type EntryOf, type TimelineEntry } from '../../record/timeline.ts'
import { misnumbered } from './timeline.ts'

type Life = EntryOf<'incarnation' | 'exited' | 'left'>

export function workerDamage(record: RunRecord): string[] {
  const { timeline, effects } = record
  const lives = timeline.filter((entry): entry is Life =>
    ['incarnation', 'exited', 'left'].includes(entry.kind),
  )
  const byIncarnation = Map.groupBy(lives, ({ worker, incarnation }) => `${worker}#${incarnation}`)
  const spawned = entriesOf(timeline, 'incarnation').filter(({ phase }) => phase === 'spawned')
  const workers = Map.groupBy(spawned, ({ worker }) => worker)
  return [
    ...[...byIncarnation].flatMap(([label, entries]) => lifeDamage(label, entries)),
    ...[...workers].flatMap(([worker, entries]) =>
      misnumbered(entries.map(({ incarnation }) => incarnation)).map(
        ([place, number]) => `incarnation ${place} of ${worker} carries number ${number}`,
      ),
    ),
    ...strangers(timeline, new Set(byIncarnation.keys())),
    ...readyDamage(timeline),
    ...senderDamage(record, new Set(byIncarnation.keys())),
    ...effects.flatMap(({ key, incarnation, receivedAtMs }) => {
      const isKnown = spawned.some((one) => one.incarnation === incarnation && one.atMs <= receivedAtMs)
      return isKnown ? [] : [`the effect ${key} came from incarnation ${incarnation}, which had not started`]
    }),
  ]
}

function lifeDamage(label: string, entries: readonly Life[]): string[] {
  const stages = entries.map((entry) => (entry.kind === 'incarnation' ? entry.phase : entry.kind)).join(', ')
  const pids = new Set(entries.map(({ pid }) => pid))
  const misnamed = entries.find(({ identity }) => identity !== label)
  const isAttached = entries.some((entry) => entry.kind === 'incarnation' && entry.isAttached === true)
  return [
    ...(/^spawned(, ready)?, exited$/.test(stages.replace(isAttached ? /left$/ : /$^/, 'exited'))
      ? []
      : [`worker ${label} should have been spawned, ready and exited: ${stages}`]),
    ...(pids.size === 1 ? [] : [`worker ${label} has ${pids.size} process ids`]),
    ...entries.flatMap((entry) =>
      entry.kind === 'exited' && !/^SIG[A-Z0-9]+$/.test(entry.exit.signal ?? 'SIGKILL')
        ? [`worker ${label} was ended by "${entry.exit.signal ?? ''}", which is no signal`]
        : [],
    ),
    ...(misnamed === undefined ? [] : [`worker ${label} is called ${misnamed.identity}`]),
  ]
}

/** Entries about an incarnation that the timeline does not have. */
function strangers(timeline: readonly TimelineEntry[], known: ReadonlySet<string>): string[] {
  const named = [
    ...entriesOf(timeline, 'polling').map(({ identity }) => identity),
    ...entriesOf(timeline, 'still-polling').map(({ identity }) => identity),
    ...entriesOf(timeline, 'fault').flatMap(({ target }) => (target.kind === 'worker' ? [target.name] : [])),
  ]
  return named
    .filter((label) => !known.has(label))
    .map((label) => `nothing says that worker ${label} was started`)
}

/** A worker that is ready says how it polls. Older records say less, of every worker. */
function readyDamage(timeline: readonly TimelineEntry[]): string[] {
  const ready = entriesOf(timeline, 'incarnation').filter(({ phase }) => phase === 'ready')
  return (['identities', 'taskQueues'] as const).flatMap((field) =>
    ready.every((one) => one[field] === undefined)
      ? []
      : ready
          .filter((one) => one[field] === undefined || one[field].length === 0)
          .map(({ identity }) => `worker ${identity} got ready, and nothing says its ${field}`),
  )
}

/** A ledger that knows its callers names the worker of each effect. Older ones name none. */
function senderDamage({ effects }: RunRecord, known: ReadonlySet<string>): string[] {
  if (effects.every(({ worker }) => worker === undefined)) return []
  return effects.flatMap(({ key, worker, incarnation }) => {
    if (worker === undefined) return [`nothing says which worker sent the effect ${key}`]
    const label = `${worker}#${incarnation}`
    return known.has(label) ? [] : [`the effect ${key} came from ${label}, which was never started`]
  })
}
