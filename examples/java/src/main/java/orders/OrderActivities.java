package orders;

import io.temporal.activity.ActivityInterface;

@ActivityInterface
public interface OrderActivities {
  void charge(Order order);

  void refund(Order order);

  void ship(Order order);
}
