export interface WorkflowRun {
  readonly workflowId: string
  readonly runId: string
}
