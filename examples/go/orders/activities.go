package orders

import (
	"context"
	"fmt"
	"os"
	"time"
)

func Charge(ctx context.Context, order Order) error {
	return book("payment", order)
}

func Refund(ctx context.Context, order Order) error {
	return book("refund", order)
}

func Ship(ctx context.Context, order Order) error {
	return book("shipment", order)
}

func book(kind string, order Order) error {
	time.Sleep(500 * time.Millisecond)
	file, err := os.OpenFile("bookings.log", os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = fmt.Fprintf(file, "%s %s %d\n", kind, order.ID, order.AmountCents)
	return err
}
