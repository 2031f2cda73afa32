// What the entries of a record refer to must be in the record: workflow runs, faults, messages.
import { probeTargetName } from '../../core/probe-contract.ts'
import { messageIdOf, messageNameOf } from '../../history/message-id.ts'
import { observationsOf, type RunRecord } from '../../record/record.ts'
import { entriesOf, type EntryOf } from '../../record/timeline.ts'
import { probeKindSchema } from '../../record/probe-kind.ts'
import { doubled } from './header.ts'
import { misnumbered } from './timeline.ts'

export function referenceDamage(record: RunRecord): string[] {
  return [
    ...workflowDamage(record),
    ...messageDamage(record),
    ...probeDamage(record),
    ...faultReferences(record),
    ...queryDamage(record),
  ]
}

function workflowDamage({ timeline, captures, observations, effects }: RunRecord): string[] {
  const workflows = entriesOf(timeline, 'workflow')
  const known = new Set(workflows.map(({ workflowId, runId }) => `${workflowId} ${runId}`))
  const ids = new Set(workflows.map(({ workflowId }) => workflowId))
  // Other observations may tell of a run that nobody of this record started: a check of its own judges that.
  const ofOurs: ReadonlySet<string> = new Set(['history', 'replay', 'unreplayed'])
  const looked = observations.filter(({ kind }) => ofOurs.has(kind))
  const named = [...timeline, ...captures, ...looked].filter((one) => 'runId' in one)
  const strange = named.flatMap(({ workflowId, runId }) =>
    known.has(`${workflowId} ${runId}`)
      ? []
      : [`nothing says that run ${runId} of ${workflowId} was started`],
  )
  const gaps = entriesOf(timeline, 'observer-gap')
  // A worker that was not written for the harness may report effects in any name.
  const isOurs = workflows.every(({ golden }) => golden?.anyEffects !== true)
  const strangers = [...gaps, ...(isOurs ? effects : [])].flatMap(({ workflowId }) =>
    workflowId === undefined || ids.has(workflowId) ? [] : [workflowId],
  )
  return [
    ...new Set(strange),
    ...strangers.map((workflowId) => `nothing says that ${workflowId} was started`),
    ...doubled(workflows.map(({ runId }) => runId)).map((runId) => `run ${runId} was started twice`),
    ...workflows.flatMap(({ workflowId, runId, workflow, origin, fromRunId, golden }) => {
      const isRoot = origin === 'scenario' || origin === 'probe'
      if (isRoot && workflow === '') return [`nothing says what type of workflow ${workflowId} is`]
      const isFromKnown = workflows.some((one) => one.runId === fromRunId && one.runId !== runId)
      const isSound = isRoot ? fromRunId === null && golden !== null : isFromKnown && golden === null
      return isSound ? [] : [`${workflowId} began as ${origin}, but its origin is not in the record`]
    }),
  ]
}

function messageDamage(record: RunRecord): string[] {
  const { timeline } = record
  const sent = entriesOf(timeline, 'sent')
  const answered = entriesOf(timeline, 'answered')
  const answers = Map.groupBy(answered, ({ messageId }) => messageId)
  const series = Map.groupBy(sent, ({ workflowId, sender }) => `${sender} to ${workflowId}`)
  return [
    ...doubled(sent.map(({ messageId }) => messageId)).map((id) => `message ${id} was sent twice`),
    ...[...series].flatMap(([who, messages]) =>
      misnumbered(messages.map(({ number }) => number)).map(
        ([place, number]) => `message ${place} of ${who} carries number ${number}`,
      ),
    ),
    ...sent
      .filter(({ messageId, atMs }) => {
        const own = answers.get(messageId) ?? []
        return own.length !== 1 || own.some((answer) => answer.atMs < atMs)
      })
      .map(({ what, name, sender, number }) => `${what} ${name} #${number} of ${sender} has not one answer`),
    ...misnamed(sent, record),
    ...answered
      .filter(({ messageId }) => !sent.some((one) => one.messageId === messageId))
      .map(({ messageId }) => `message ${messageId} was answered and never sent`),
  ]
}

/** Messages that a history accepted under another name. */
function misnamed(sent: readonly EntryOf<'sent'>[], record: RunRecord): string[] {
  const names = new Map(
    observationsOf(record, 'history')
      .flatMap(({ events }) => events)
      .flatMap((event) => {
        const id = messageIdOf(event)
        return id === undefined ? [] : [[id, messageNameOf(event)] as const]
      }),
  )
  return sent.flatMap(({ messageId, what, name }) => {
    const accepted = names.get(messageId) ?? name
    return accepted === name ? [] : [`the ${what} ${name} was accepted as ${accepted}`]
  })
}

/** Probes are due once every target is up again after the last fault. A scenario that wants none has no targets for them. */
function probeDamage({ timeline }: RunRecord): string[] {
  const faults = entriesOf(timeline, 'fault')
  const probes = entriesOf(timeline, 'probe')
  const wasProbing = entriesOf(timeline, 'workflow').some(
    ({ origin, workflow }) => origin === 'probe' && workflow === probeTargetName,
  )
  const lastFaultMs = faults.at(-1)?.atMs ?? Infinity
  const cameBack = timeline.some(
    (entry) => entry.atMs > lastFaultMs && (entry.kind === 'serving' || entry.kind === 'incarnation'),
  )
  const rounds = Map.groupBy(probes, ({ faultIndex }) => faultIndex)
  const due = new Set([...rounds.keys(), ...(wasProbing && cameBack ? [faults.length] : [])])
  const kinds = probeKindSchema.options.toSorted().join(', ')
  return [
    ...[...due].flatMap((fault) => {
      const asked = (rounds.get(fault) ?? []).map(({ probe }) => probe)
      if (asked.toSorted().join(', ') === kinds) return []
      return [
        `after fault ${fault} the probes ${kinds} were due, and ${asked.join(', ') || 'none'} is recorded`,
      ]
    }),
    ...probes.flatMap(({ probe, faultIndex, askedMs, atMs }) => {
      const fault = faults[faultIndex - 1]
      if (fault !== undefined && fault.atMs <= askedMs && askedMs <= atMs) return []
      return [`the ${probe} of fault ${faultIndex} was asked at ${askedMs.toFixed(0)} ms, out of order`]
    }),
  ]
}

/** What tells of a fault, beside its confirmation. */
function faultReferences({ timeline }: RunRecord): string[] {
  const injected = new Map(entriesOf(timeline, 'fault').map(({ fault, atMs }) => [fault, atMs]))
  const about = timeline.flatMap((entry) => ('fault' in entry ? [entry] : []))
  const running = entriesOf(timeline, 'running-activity').map((entry) => ({
    ...entry,
    fault: entry.faultIndex,
  }))
  return [...about, ...running]
    .filter(({ fault, atMs }) => atMs < (injected.get(fault) ?? Infinity))
    .map(({ kind, fault }) => `"${kind}" tells of fault ${fault}, which was not injected by then`)
}

function queryDamage({ timeline }: RunRecord): string[] {
  const workflows = entriesOf(timeline, 'workflow')
  const declared = Map.groupBy(entriesOf(timeline, 'queries-declared'), ({ workflowId }) => workflowId)
  return entriesOf(timeline, 'queried').flatMap(({ workflowId, query, by, askedMs, atMs }) => {
    const startedMs = workflows.find((one) => one.workflowId === workflowId)?.atMs ?? 0
    const isDeclared = declared.get(workflowId)?.some(({ rules }) => query in rules) ?? false
    return [
      ...(by === 'harness' && !isDeclared
        ? [`the query ${query} of ${workflowId} was asked and never declared`]
        : []),
      ...(startedMs <= askedMs && askedMs <= atMs
        ? []
        : [`the query ${query} of ${workflowId} was asked at ${askedMs.toFixed(0)} ms, out of order`]),
    ]
  })
}
