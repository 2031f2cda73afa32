package orders;

import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

public class OrderWorkflowImpl implements OrderWorkflow {
  private final OrderActivities activities =
      Workflow.newActivityStub(
          OrderActivities.class,
          ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofSeconds(10)).build());

  private String status = "charging";
  private Approval approval;

  @Override
  public String process(Order order) {
    activities.charge(order);
    status = "waiting for approval";
    Duration limit = Duration.ofSeconds(order.approveWithinSeconds());
    if (!Workflow.await(limit, () -> approval != null)) {
      status = "refunding";
      activities.refund(order);
      status = "refunded";
      return status;
    }
    status = "shipping";
    activities.ship(order);
    status = "shipped";
    return status;
  }

  @Override
  public void approve(Approval approval) {
    if (this.approval == null) {
      this.approval = approval;
    }
  }

  @Override
  public String status() {
    return status;
  }
}
