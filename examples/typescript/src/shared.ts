export const TASK_QUEUE = 'orders'

export interface Order {
  id: string
  amountCents: number
  approveWithinMs: number
}

export interface Approval {
  by: string
}
