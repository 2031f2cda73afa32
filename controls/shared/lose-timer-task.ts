// Takes the task of a timer out of the database, by the Temporal server's own API for operators. No package
// has its messages, so this file names the fields (server 1.32: `adminservice/v1/request_response.proto`).
import { Client, credentials } from '@grpc/grpc-js'
import protobuf from 'protobufjs'

const { root } = protobuf.parse(`
  syntax = "proto3";
  message Timestamp { int64 seconds = 1; int32 nanos = 2; }
  message TaskKey { int64 task_id = 1; Timestamp fire_time = 2; }
  message TaskRange { TaskKey inclusive_min_task_key = 1; TaskKey exclusive_max_task_key = 2; }
  message ListHistoryTasksRequest { int32 shard_id = 1; int32 category = 2; TaskRange task_range = 3; int32 batch_size = 4; }
  message Task { string workflow_id = 2; int64 task_id = 4; int32 task_type = 5; Timestamp fire_time = 6; }
  message ListHistoryTasksResponse { repeated Task tasks = 1; }
  message RemoveTaskRequest { int32 shard_id = 1; int32 category = 2; int64 task_id = 3; Timestamp visibility_time = 4; }
  message RemoveTaskResponse {}
`)

interface Task {
  readonly workflowId: string
  readonly taskId: object
  readonly taskType: number
  readonly fireTime: object
}

/** What the server calls the tasks of timers, and those of a workflow's own timers among them. */
const timerCategory = 2
const userTimer = 14

/** @returns how many tasks were removed */
export async function loseTimerTask(address: string, shards: number, workflowId: string): Promise<number> {
  const client = new Client(address, credentials.createInsecure())
  try {
    const aboutNow = Date.now() / 1_000
    const range = {
      inclusiveMinTaskKey: { fireTime: { seconds: Math.floor(aboutNow - 3_600) } },
      exclusiveMaxTaskKey: { fireTime: { seconds: Math.floor(aboutNow + 3_600) } },
    }
    let removed = 0
    for (let shardId = 1; shardId <= shards; shardId++) {
      const place = { shardId, category: timerCategory }
      const listed = await call(client, 'ListHistoryTasks', { ...place, taskRange: range, batchSize: 1_000 })
      const { tasks } = listed as { readonly tasks?: readonly Task[] }
      const own = (tasks ?? []).filter((one) => one.workflowId === workflowId && one.taskType === userTimer)
      for (const { taskId, fireTime } of own)
        await call(client, 'RemoveTask', { ...place, taskId, visibilityTime: fireTime })
      removed += own.length
    }
    return removed
  } finally {
    client.close()
  }
}

async function call(client: Client, name: string, request: object): Promise<object> {
  const [asked, answer] = [root.lookupType(`${name}Request`), root.lookupType(`${name}Response`)]
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      `/temporal.server.api.adminservice.v1.AdminService/${name}`,
      (value: object) => Buffer.from(asked.encode(asked.fromObject(value)).finish()),
      (bytes: Buffer) => answer.toObject(answer.decode(bytes)),
      request,
      { deadline: Date.now() + 5_000 },
      (error, value) => {
        if (value !== undefined) resolve(value)
        else reject(error ?? new Error(`${name} had no answer`))
      },
    )
  })
}
