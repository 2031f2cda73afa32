package orders

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

const TaskQueue = "orders"

type Order struct {
	ID            string
	AmountCents   int
	ApproveWithin time.Duration
}

type Approval struct {
	By string
}

func OrderWorkflow(ctx workflow.Context, order Order) (string, error) {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: 10 * time.Second})
	status := "charging"
	if err := workflow.SetQueryHandler(ctx, "status", func() (string, error) { return status, nil }); err != nil {
		return "", err
	}

	if err := workflow.ExecuteActivity(ctx, Charge, order).Get(ctx, nil); err != nil {
		return "", err
	}

	status = "waiting for approval"
	var approval Approval
	timeout, cancelTimeout := workflow.WithCancel(ctx)
	approved := false
	selector := workflow.NewSelector(ctx)
	selector.AddReceive(workflow.GetSignalChannel(ctx, "approve"), func(c workflow.ReceiveChannel, _ bool) {
		c.Receive(ctx, &approval)
		approved = true
		cancelTimeout()
	})
	selector.AddFuture(workflow.NewTimer(timeout, order.ApproveWithin), func(workflow.Future) {})
	selector.Select(ctx)

	if !approved {
		status = "refunding"
		if err := workflow.ExecuteActivity(ctx, Refund, order).Get(ctx, nil); err != nil {
			return "", err
		}
		status = "refunded"
		return status, nil
	}

	status = "shipping"
	if err := workflow.ExecuteActivity(ctx, Ship, order).Get(ctx, nil); err != nil {
		return "", err
	}
	status = "shipped by approval of " + approval.By
	return status, nil
}
