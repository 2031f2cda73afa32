// What a scenario expects besides what every run is judged by. Here it is only recorded; a check judges it.
import type { RunRecorder } from '../record/recorder.ts'

/** Two values that must be equal in depth, as JSON holds them. */
export interface Expectation {
  readonly expected: unknown
  readonly observed: unknown
}

export function recordExpectation(
  recorder: Pick<RunRecorder, 'mark'>,
  sentence: string,
  seen: boolean | Expectation,
): void {
  const { expected, observed } = typeof seen === 'boolean' ? { expected: true, observed: seen } : seen
  recorder.mark({ kind: 'expectation', sentence, expected, observed })
}
