// The smallest possible worker of the SDK: the start-up time without any code of this project.
// Usage: node bare-worker.ts <address> <namespace> <task queue> <identity> <workflow bundle>
import { NativeConnection, Worker } from '@temporalio/worker'

const [address, namespace, taskQueue, identity, codePath] = process.argv.slice(2)
if (
  address === undefined ||
  namespace === undefined ||
  taskQueue === undefined ||
  identity === undefined ||
  codePath === undefined
)
  throw new Error('needs an address, a namespace, a task queue, an identity and a bundle')

const connection = await NativeConnection.connect({ address })
const worker = await Worker.create({
  connection,
  namespace,
  taskQueue,
  identity,
  workflowBundle: { codePath },
  activities: { nothing: async () => undefined },
})
await worker.run()
