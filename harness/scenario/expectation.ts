// A scenario's own expectations. They are only recorded here; a check judges them.
import type { RunRecorder } from '../record/recorder.ts'

/** Two values that must be deeply equal as JSON. */
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
