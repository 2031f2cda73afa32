// A measured figure with its target, as a row of the table.
import { max, median, min } from 'simple-statistics'
import { formatDuration } from '../harness/core/duration.ts'

export interface Figure {
  readonly what: string
  readonly values: readonly number[]
  readonly show: (value: number) => string
  readonly target?: {
    /** In the unit of the values. */
    readonly value: number
    /** The value that must stay below the target. */
    readonly of: 'max' | 'median'
    /** Whether a slower machine needs longer. */
    readonly scales: boolean
  }
}

export const head = ['what', 'target', 'n', 'min', 'median', 'max', 'of target', 'scaled'] as const

/** Durations in milliseconds; the target is for a machine with the reference's speed. */
export function inMs(
  what: string,
  values: readonly number[],
  targetMs?: number,
  of: 'max' | 'median' = 'max',
): Figure {
  const target = targetMs === undefined ? {} : { target: { value: targetMs, of, scales: true } }
  return { what, values, show: formatDuration, ...target }
}

/** @param slowness how many times as long this machine takes as the machine for which the targets were set */
export function rowOf({ what, values, show, target }: Figure, slowness: number): (string | number)[] {
  if (values.length === 0)
    return [what, target === undefined ? '-' : show(target.value), 0, '-', '-', '-', '-', '-']
  const statistics = { min: min([...values]), median: median([...values]), max: max([...values]) }
  const shown = [statistics.min, statistics.median, statistics.max].map(show)
  if (target === undefined) return [what, '-', values.length, ...shown, '-', '-']
  const share = statistics[target.of] / target.value
  const scaled = target.scales ? percent(share / slowness) : '-'
  const mark = target.of === 'median' ? ' *' : ''
  return [what, `${show(target.value)}${mark}`, values.length, ...shown, percent(share), scaled]
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`
}
