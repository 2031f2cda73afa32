// Which run of which workflow.

export interface WorkflowRun {
  readonly workflowId: string
  readonly runId: string
}
