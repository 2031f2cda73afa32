// What the parts of the runner write with.
import type { RunRecorder } from '../../record/recorder.ts'

export type TimelineWriter = Pick<RunRecorder, 'mark' | 'error'>
