// Steps of the controls that damage the record of a healthy run of the demonstration.
import type { RecordLines } from 'temporal-chaos'

type Event = RecordLines['captures'][number]['event']
type StoredRun = Extract<RecordLines['observations'][number], { kind: 'stored-run' }>

/** The demonstration's workflow, not one that the harness probes with. */
const isDemo = ({ workflowId }: { readonly workflowId: string }) => workflowId.includes('durableDemo')

/** The service tells another event, always: while it is followed, and at the end. */
export function withEvents(
  { captures, observations }: RecordLines,
  change: (event: Event) => Event,
): Partial<RecordLines> {
  return {
    captures: captures.map((one) => (isDemo(one) ? { ...one, event: change(one.event) } : one)),
    observations: withHistory(observations, (events) => events.map(change)),
  }
}

/** The service tells another history at the end. */
export function withHistory(
  observations: RecordLines['observations'],
  change: (events: readonly Event[]) => Event[],
): RecordLines['observations'] {
  return observations.map((one) =>
    one.kind === 'history' && isDemo(one) ? { ...one, events: change(one.events) } : one,
  )
}

/** The service shows the workflow in another way. */
export function withExecution(
  { observations }: RecordLines,
  source: 'describe' | 'list',
  change: { readonly status?: string; readonly memo?: Record<string, string> },
): Pick<RecordLines, 'observations'> {
  return {
    observations: observations.map((one) =>
      one.kind === 'execution' && one.source === source && isDemo(one) ? { ...one, ...change } : one,
    ),
  }
}

/** The event with more fields, if it is of this type: `TimerFired`. */
export function withFields(event: Event, name: string, fields: object): Event {
  const key = `${name.charAt(0).toLowerCase()}${name.slice(1)}EventAttributes`
  const attributes = event[key]
  return typeof attributes === 'object' ? { ...event, [key]: { ...attributes, ...fields } } : event
}

/** The recovery is late: the service waits so long for the dead worker, and no setting is excused. */
export function withSmallBudget({ header }: RecordLines): Pick<RecordLines, 'header'> {
  return { header: { ...header, budgetMs: 1_000 } }
}

/** The database holds something else of the workflow. */
export function withStoredRuns(
  observations: RecordLines['observations'],
  change: (run: StoredRun) => StoredRun,
): RecordLines['observations'] {
  return observations.map((one) => (one.kind === 'stored-run' && isDemo(one) ? change(one) : one))
}

/** A project declared a query of its own tables, and this is what it showed. */
export function withRows(
  { observations }: RecordLines,
  looks: RecordLines['observations'],
): Pick<RecordLines, 'observations'> {
  const isUndeclared = (one: RecordLines['observations'][number]) =>
    one.kind === 'unavailable' && one.observation === 'rows'
  const others = observations.filter((one) => !isUndeclared(one))
  return {
    observations: [...looks, ...others].map((one) => {
      if (one.kind !== 'clock' || one.written === undefined) return one
      const { observations: counts } = one.written
      const fewer = (counts['unavailable'] ?? 0) - (observations.length - others.length)
      // A kind that was not written is not counted.
      const { unavailable: _unavailable, ...rest } = counts
      const left = fewer > 0 ? { unavailable: fewer } : {}
      return { ...one, written: { ...one.written, observations: { ...rest, ...left, rows: looks.length } } }
    }),
  }
}
