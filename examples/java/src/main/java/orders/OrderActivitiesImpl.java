package orders;

import io.temporal.activity.Activity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

public class OrderActivitiesImpl implements OrderActivities {
  @Override
  public void charge(Order order) {
    book("payment", order);
  }

  @Override
  public void refund(Order order) {
    book("refund", order);
  }

  @Override
  public void ship(Order order) {
    book("shipment", order);
  }

  private void book(String kind, Order order) {
    try {
      Thread.sleep(500);
      Files.writeString(
          Path.of("bookings.log"),
          String.format("%s %s %d%n", kind, order.id(), order.amountCents()),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException | InterruptedException e) {
      throw Activity.wrap(e);
    }
  }
}
