// Makes a Temporal server drop a task queue from its memory, as it does by itself after a failed write of the queue's state.
import { once } from 'node:events'
import { connect, type IncomingHttpHeaders } from 'node:http2'

/** All partitions of a workflow task queue, by the server's own admin service (1.32.2). @throws if it answers an error */
export async function unloadTaskQueue(address: string, namespace: string, taskQueue: string): Promise<void> {
  const session = connect(`http://${address}`)
  try {
    for (const partition of [3, 2, 1, 0]) {
      const stream = session.request({
        ':method': 'POST',
        ':path': '/temporal.server.api.adminservice.v1.AdminService/ForceUnloadTaskQueuePartition',
        'content-type': 'application/grpc',
        te: 'trailers',
      })
      stream.end(framed(requestFor(namespace, taskQueue, partition)))
      const ended = once(stream, 'trailers') as Promise<[IncomingHttpHeaders]>
      stream.resume()
      const [{ 'grpc-status': status }] = await ended
      if (status !== '0') throw new Error(`the server answered with gRPC status ${String(status)}`)
    }
  } finally {
    session.close()
  }
}

const workflowTasks = 1

/** `ForceUnloadTaskQueuePartitionRequest` in protobuf: fields of bytes have the wire type 2, numbers 0. */
function requestFor(namespace: string, taskQueue: string, partition: number): Buffer {
  const numbers = Buffer.from([2 << 3, workflowTasks, 3 << 3, partition])
  const itsPartition = Buffer.concat([bytesField(1, Buffer.from(taskQueue)), numbers])
  return Buffer.concat([bytesField(1, Buffer.from(namespace)), bytesField(2, itsPartition)])
}

function bytesField(number: number, value: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(number << 3) | 2, value.length]), value])
}

/** A gRPC message: a byte for compression, four for the length. */
function framed(message: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.writeUInt32BE(message.length, 1)
  return Buffer.concat([head, message])
}
