const order = { id: '{{workflow.id}}', amountCents: 4200, approveWithinMs: 60_000 }

export default {
  build: { command: ['npm', 'run', 'build'] },
  services: [{ name: 'bank', command: ['node', 'lib/bank.js'], url: 'http://127.0.0.1:3001/health' }],
  worker: { command: ['node', 'lib/worker.js'], taskQueues: ['orders'] },
  workloads: {
    approved: {
      type: 'OrderWorkflow',
      taskQueue: 'orders',
      args: [order],
      messages: [{ at: 'timer 1', signal: 'approve', args: [{ by: 'ana' }] }],
      expect: { result: { status: 'shipped', approvedBy: 'ana' } },
    },
    expired: {
      type: 'OrderWorkflow',
      taskQueue: 'orders',
      args: [{ ...order, approveWithinMs: 3_000 }],
      expect: { result: { status: 'refunded' } },
    },
  },
  replay: { command: ['node', 'lib/replay.js', '{{histories}}'] },
}
