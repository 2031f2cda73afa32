package orders;

public record Order(String id, int amountCents, long approveWithinSeconds) {}
