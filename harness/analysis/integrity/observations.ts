// What is looked at when the scenario is over, and the ledger: each part is there once, or says why it is not.
import { observationsOf, whyUnavailable, type RunRecord } from '../../record/record.ts'
import { entriesOf } from '../../record/timeline.ts'
import { miscounted } from './counts.ts'
import { doubled } from './header.ts'
import { backwards, misnumbered } from './timeline.ts'

export function observationDamage(record: RunRecord): string[] {
  const { timeline, observations, effects } = record
  const clocks = observationsOf(record, 'clock')
  const replays = [...observationsOf(record, 'replay'), ...observationsOf(record, 'unreplayed')].map(
    ({ runId }) => runId,
  )
  const runs = entriesOf(timeline, 'workflow').map(({ runId }) => runId)
  const isReplayed = whyUnavailable(record, 'replay') === undefined
  return [
    ...(clocks.length === 1 && observations.at(-1)?.kind === 'clock'
      ? []
      : [`the clocks were compared ${clocks.length} times, or not last`]),
    ...clocks
      .filter(({ errorMs }) => errorMs < 0)
      .map(({ errorMs }) => `a clock error of ${errorMs} ms is none`),
    ...doubled(replays).map((runId) => `run ${runId} was replayed twice`),
    ...(isReplayed ? runs.filter((runId) => !replays.includes(runId)) : []).map(
      (runId) => `nothing says whether run ${runId} replays`,
    ),
    ...(observationsOf(record, 'resources').length === 1 || whyUnavailable(record, 'resources') !== undefined
      ? []
      : ['the use of the machine is not recorded once']),
    ...(observationsOf(record, 'golden').length > 1 ? ['the run is held against two golden runs'] : []),
    ...countDamage(record),
    ...settingsDamage(record),
    ...doubled(
      observationsOf(record, 'pollers').map(({ queue, polls }) => `${polls} pollers of ${queue}`),
    ).map((what) => `the ${what} were listed twice`),
    ...(observationsOf(record, 'machine').length > 1 ? ["the machine's cores were counted twice"] : []),
    ...misnumbered(effects.map(({ sequence }) => sequence)).map(
      ([place, number]) => `line ${place} of the effects carries number ${number}`,
    ),
    ...backwards(effects.map(({ receivedAtMs }) => receivedAtMs)).map(
      (index) => `effect ${index + 1} arrived before the one before it`,
    ),
    ...effects.flatMap(({ key, outcome }, at) => {
      const wasAccepted = effects.slice(0, at).some((one) => one.key === key && one.outcome === 'new')
      return (outcome !== 'new') === wasAccepted ? [] : [`effect ${at + 1} (${key}) cannot be "${outcome}"`]
    }),
  ]
}

/** The last observation says how much there was by then; in older records it does not. */
function countDamage(record: RunRecord): string[] {
  const [{ written } = {}] = observationsOf(record, 'clock')
  if (written === undefined) return []
  const kinds = [...record.observations, ...record.opaque.observations].map(({ kind }) => kind)
  return [
    ...miscounted(
      'observations',
      kinds.filter((kind) => kind !== 'clock'),
      written.observations,
    ),
    ...miscounted(
      'lines',
      record.captures.map(() => 'captured event'),
      { 'captured event': written.captures },
    ),
  ]
}

/** They are read at both ends of a run. The oldest records have none. */
function settingsDamage(record: RunRecord): string[] {
  const read = observationsOf(record, 'settings').map(({ when }) => when)
  if (read.length === 0 || whyUnavailable(record, 'settings') !== undefined) return []
  return read.toSorted().join(', ') === 'end, start'
    ? []
    : [`the settings should have been read at the start and at the end: ${read.join(', ')}`]
}
