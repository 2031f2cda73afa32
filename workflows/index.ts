// The workflow bundle's entry: everything exported here can be started by name.
export { approval } from './approval.ts'
export { probeTarget } from './probe-target.ts'
export { durableDemo } from './durable-demo.ts'
export { probeWork } from './probe-work.ts'
export { longActivity } from './long-activity.ts'
export { longHistory } from './long-history.ts'
export { pipeline } from './pipeline.ts'
export { pipelineItem } from './pipeline-item.ts'
