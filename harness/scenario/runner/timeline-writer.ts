// The recorder and clock that the parts of the runner share.
import type { RunRecorder } from '../../record/recorder.ts'

export type TimelineWriter = Pick<RunRecorder, 'mark' | 'error' | 'nowMs'>
