import { loadClientConnectConfig } from '@temporalio/envconfig'
import { NativeConnection, Worker } from '@temporalio/worker'
import * as activities from './activities'
import { TASK_QUEUE } from './shared'

async function main(): Promise<void> {
  const { connectionOptions, namespace } = loadClientConnectConfig()
  const connection = await NativeConnection.connect(connectionOptions)
  try {
    const worker = await Worker.create({
      connection,
      namespace,
      taskQueue: TASK_QUEUE,
      workflowsPath: require.resolve('./workflows'),
      activities,
    })
    await worker.run()
  } finally {
    await connection.close()
  }
}

main().catch((error) => {
  console.error(error)
  process.exit(1)
})
