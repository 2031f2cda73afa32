// The messages of the Temporal server that PostgreSQL keeps as blobs. The SDK has no package of them, so this
// file names the fields (server 1.32: `persistence/v1/executions.proto`, `tasks.proto`,
// `history_tree.proto`).
import protobuf from 'protobufjs'

const text = (name: string, id: number) => new protobuf.Field(name, id, 'string')
const number = (name: string, id: number) => new protobuf.Field(name, id, 'int64')

function message(name: string, ...fields: protobuf.Field[]): protobuf.Type {
  return fields.reduce((type, field) => type.add(field), new protobuf.Type(name))
}

const timestamp = message('Timestamp', number('seconds', 1), new protobuf.Field('nanos', 2, 'int32'))
export const timerInfo = message(
  'TimerInfo',
  number('startedEventId', 2),
  new protobuf.Field('expiryTime', 3, 'Timestamp'),
  text('timerId', 5),
)
export const activityInfo = message(
  'ActivityInfo',
  number('startedEventId', 5),
  text('activityId', 8),
  new protobuf.Field('attempt', 17, 'int32'),
  number('scheduledEventId', 30),
  new protobuf.Field('paused', 42, 'bool'),
)
export const timerTask = message('TimerTaskInfo', number('taskType', 4), number('eventId', 9))
export const transferTask = message('TransferTaskInfo', number('taskType', 4), number('eventId', 10))
const branchRange = message(
  'HistoryBranchRange',
  text('branchId', 1),
  number('beginNodeId', 2),
  number('endNodeId', 3),
)
export const branch = message(
  'HistoryBranch',
  text('treeId', 1),
  text('branchId', 2),
  new protobuf.Field('ancestors', 3, 'HistoryBranchRange', 'repeated'),
)
const versionHistory = message('VersionHistory', new protobuf.Field('branchToken', 1, 'bytes'))
const versionHistories = message(
  'VersionHistories',
  new protobuf.Field('current', 1, 'int32'),
  new protobuf.Field('histories', 2, 'VersionHistory', 'repeated'),
)
export const executionInfo = message(
  'WorkflowExecutionInfo',
  new protobuf.Field('versionHistories', 54, 'VersionHistories'),
  new protobuf.Field('runExpiration', 57, 'Timestamp'),
  new protobuf.Field('versioningInfo', 98, 'bytes'),
  new protobuf.Field('timeSkippingInfo', 115, 'bytes'),
)
export const executionState = message('WorkflowExecutionState', number('state', 3), number('status', 4))
const matchingTask = message('TaskInfo', number('eventId', 4))
export const allocatedTask = message('AllocatedTaskInfo', new protobuf.Field('data', 1, 'TaskInfo'))
const root = new protobuf.Root()
for (const type of [
  timestamp,
  timerInfo,
  activityInfo,
  timerTask,
  transferTask,
  branchRange,
  branch,
  versionHistory,
  versionHistories,
  executionInfo,
  executionState,
  matchingTask,
  allocatedTask,
])
  root.add(type)

/** Fields that are not in the blob have the value that protobuf gives them. */
export function decode(type: protobuf.Type, blob: Uint8Array): unknown {
  return type.toObject(type.decode(blob), { longs: Number, defaults: true })
}
