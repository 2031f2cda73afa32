const order = { id: '{{workflow.id}}', amountCents: 4200, approveWithinSeconds: 60 }
const classes = 'target/test-classes:target/classes:target/lib/*'

export default {
  build: { command: ['mvn', '--batch-mode', '--quiet', 'process-test-classes'] },
  worker: { command: ['java', '-cp', classes, 'orders.OrderWorker'], taskQueues: ['orders'] },
  workloads: {
    approved: {
      type: 'OrderWorkflow',
      taskQueue: 'orders',
      args: [order],
      messages: [{ at: 'timer 1', signal: 'approve', args: [{ by: 'ana' }] }],
      expect: { result: 'shipped' },
    },
    expired: {
      type: 'OrderWorkflow',
      taskQueue: 'orders',
      args: [{ ...order, approveWithinSeconds: 3 }],
      expect: { result: 'refunded' },
    },
  },
  replay: { command: ['java', '-cp', classes, 'orders.Replay', '{{histories}}'] },
}
