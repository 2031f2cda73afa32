package orders;

public record Approval(String by) {}
