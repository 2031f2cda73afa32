// A measured figure beside its target, as the table shows it.
import { max, median, min } from 'simple-statistics'
import { formatDuration } from '../harness/core/duration.ts'

export interface Figure {
  readonly what: string
  readonly values: readonly number[]
  readonly show: (value: number) => string
  readonly target?: {
    /** In the unit of the values. */
    readonly value: number
    /** What has to stay below it. */
    readonly of: 'max' | 'median'
    /** Whether a slower machine needs longer. */
    readonly scales: boolean
  }
}

export const head = ['what', 'target', 'n', 'min', 'median', 'max', 'of target', 'scaled'] as const

/** Durations in milliseconds; a target's are what a machine of the speed of the reference needs. */
export function inMs(
  what: string,
  values: readonly number[],
  targetMs?: number,
  of: 'max' | 'median' = 'max',
): Figure {
  const target = targetMs === undefined ? {} : { target: { value: targetMs, of, scales: true } }
  return { what, values, show: formatDuration, ...target }
}

/** @param slowness how many times as long this machine needs as the one that the targets were set on */
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
